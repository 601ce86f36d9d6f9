package dev.trapgate.emulator.cpu.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {

    private static DecodedInstruction decode(String hex, Mode mode) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        return new Decoder((start, count) -> bytes[count] & 0xff).decode(0x1000, mode);
    }

    @ParameterizedTest
    @CsvSource({
        "90, BITS_64, NOP, 1",
        "f3 90, BITS_32, PAUSE, 2",
        "41 90, BITS_64, XCHG, 2",
        "40, BITS_32, INC, 1",
        "63 c1, BITS_32, ARPL, 2",
        "48 63 c1, BITS_64, MOVSXD, 3",
        "0f 01 f8, BITS_64, SWAPGS, 3",
        "48 b8 01 02 03 04 05 06 07 08, BITS_64, MOV, 10",
        "66 c7 04 25 00 00 00 00 34 12, BITS_64, MOV, 10",
        "67 8b 46 10, BITS_32, MOV, 4",
        "9a 00 00 00 00 33 00, BITS_32, CALL_FAR, 7",
        "f0 0f c7 0b, BITS_32, CMPXCHG8B, 4",
        "0f ae f0, BITS_64, FENCE, 3",
        "c8 10 00 01, BITS_64, ENTER, 4"
    })
    void anInstructionHasItsOperationAndLength(String hex, Mode mode, Operation operation, int length) {
        DecodedInstruction decoded = decode(hex, mode);

        assertThat(decoded.operation()).isEqualTo(operation);
        assertThat(decoded.length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({
        "06, BITS_64",
        "ea 00 00 00 00 33 00, BITS_64",
        "f0 90, BITS_64",
        "f0 01 c0, BITS_32",
        "f0 39 00, BITS_32",
        "0f 38 00 c1, BITS_64",
        "d9 ef, BITS_32",
        "8e c8, BITS_32",
        "8d c0, BITS_32",
        "ff f8, BITS_32"
    })
    void whatIsNoInstructionIsNone(String hex, Mode mode) {
        assertThat(decode(hex, mode)).isNull();
    }

    @Test
    void anAddressRelativeToTheInstructionPointerIsThatOfTheNextInstruction() {
        DecodedInstruction decoded = decode("c7 05 10 00 00 00 01 00 00 00", Mode.BITS_64);

        Operand.Memory memory = (Operand.Memory) decoded.operand(0);
        assertThat(memory.base()).isEqualTo(GeneralRegisters.NONE);
        assertThat(memory.displacement()).isEqualTo(0x1000 + 10 + 0x10);
    }

    @Test
    void aRexPrefixCountsOnlyRightBeforeTheOpcode() {
        assertThat(decode("48 66 01 c8", Mode.BITS_64).operandBits()).isEqualTo(16);
        assertThat(decode("66 48 01 c8", Mode.BITS_64).operandBits()).isEqualTo(64);
    }

    @Test
    void aRexPrefixTurnsTheHighBytesIntoLowOnes() {
        assertThat(decode("88 e0", Mode.BITS_64).operand(1))
                .isEqualTo(new Operand.Register(GeneralRegisters.RAX, 8, Operand.Part.HIGH));
        assertThat(decode("40 88 e0", Mode.BITS_64).operand(1))
                .isEqualTo(new Operand.Register(GeneralRegisters.RSP, 8, Operand.Part.LOW));
    }

    @Test
    void anyFifteenBytesAreAnInstructionOrNoneOrTooFew() {
        Random random = new Random(1);
        byte[] bytes = new byte[15];
        int tooFew = 0;
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(bytes);
            bytes[0] = (byte) (i >> 8);
            Mode mode = i % 2 == 0 ? Mode.BITS_32 : Mode.BITS_64;
            try {
                DecodedInstruction decoded = new Decoder((start, count) -> bytes[count] & 0xff).decode(0, mode);
                assertThat(decoded == null || decoded.length() <= 15).isTrue();
            } catch (ArrayIndexOutOfBoundsException longer) {
                tooFew++;
            }
        }
        assertThat(tooFew).isLessThan(2000);
    }
}
