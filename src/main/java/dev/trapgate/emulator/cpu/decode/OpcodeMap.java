package dev.trapgate.emulator.cpu.decode;

import dev.trapgate.emulator.cpu.decode.Opcode.Attribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The opcode maps: one-byte opcodes, two-byte opcodes (after 0F), and the groups that ModRM extends (SDM vol. 2, A.2 to
 * A.4; APM vol. 3, appendix A).
 *
 * <p>A row is an opcode, a mnemonic, operands, and attributes after a semicolon. {@code 50+} stands for eight opcodes
 * whose low bits name a register, {@code 70*} for sixteen whose low bits name a condition. {@code F7/3} is chosen by
 * ModRM's reg field, {@code 0FAE/5r} by that and a register operand, {@code 0F01=F8} by the whole of ModRM. Operands
 * are in the manuals' notation:
 *
 * <ul>
 *   <li>A far pointer in the instruction; E register or memory by ModRM; G register by reg; I immediate; J jump target; M
 *       memory only; N MMX register by r/m; O memory at an address in the instruction; P MMX register by reg; Q MMX register or
 *       memory; S segment register; U XMM register by r/m; V XMM register by reg; W XMM register or memory; Z register by
 *       the opcode
 *   <li>b byte; w word; d doubleword; v word, doubleword or quadword by operand size; y the same without the word; z word or
 *       doubleword; s a byte that is sign-extended; p a far pointer; a nothing but the address; q quadword or twice that;
 *       o eight bytes; t ten bytes; x 16 bytes
 * </ul>
 *
 * <p>Opcodes of which a prefix is part are in the {@link VectorMap}, those of the x87 in the {@link X87Map}. What is in neither is #UD: what came after x86-64's
 * first version.
 */
final class OpcodeMap {

    private static final String MAP = """
            00 ADD Eb Gb; lock
            01 ADD Ev Gv; lock
            02 ADD Gb Eb
            03 ADD Gv Ev
            04 ADD AL Ib
            05 ADD rAX Iz
            06 PUSH ES; i64
            07 POP ES; i64
            08 OR Eb Gb; lock
            09 OR Ev Gv; lock
            0A OR Gb Eb
            0B OR Gv Ev
            0C OR AL Ib
            0D OR rAX Iz
            0E PUSH CS; i64
            10 ADC Eb Gb; lock
            11 ADC Ev Gv; lock
            12 ADC Gb Eb
            13 ADC Gv Ev
            14 ADC AL Ib
            15 ADC rAX Iz
            16 PUSH SS; i64
            17 POP SS; i64
            18 SBB Eb Gb; lock
            19 SBB Ev Gv; lock
            1A SBB Gb Eb
            1B SBB Gv Ev
            1C SBB AL Ib
            1D SBB rAX Iz
            1E PUSH DS; i64
            1F POP DS; i64
            20 AND Eb Gb; lock
            21 AND Ev Gv; lock
            22 AND Gb Eb
            23 AND Gv Ev
            24 AND AL Ib
            25 AND rAX Iz
            27 DAA; i64
            28 SUB Eb Gb; lock
            29 SUB Ev Gv; lock
            2A SUB Gb Eb
            2B SUB Gv Ev
            2C SUB AL Ib
            2D SUB rAX Iz
            2F DAS; i64
            30 XOR Eb Gb; lock
            31 XOR Ev Gv; lock
            32 XOR Gb Eb
            33 XOR Gv Ev
            34 XOR AL Ib
            35 XOR rAX Iz
            37 AAA; i64
            38 CMP Eb Gb
            39 CMP Ev Gv
            3A CMP Gb Eb
            3B CMP Gv Ev
            3C CMP AL Ib
            3D CMP rAX Iz
            3F AAS; i64
            40+ INC Zv; i64
            48+ DEC Zv; i64
            50+ PUSH Zv; d64
            58+ POP Zv; d64
            60 PUSHA; i64
            61 POPA; i64
            62 BOUND Gv Ma; i64
            68 PUSH Iz; d64
            69 IMUL Gv Ev Iz
            6A PUSH Is; d64
            6B IMUL Gv Ev Is
            6C INS; byte
            6D INS
            6E OUTS; byte
            6F OUTS
            70* J Jb; f64
            80/0 ADD Eb Ib; lock
            80/1 OR Eb Ib; lock
            80/2 ADC Eb Ib; lock
            80/3 SBB Eb Ib; lock
            80/4 AND Eb Ib; lock
            80/5 SUB Eb Ib; lock
            80/6 XOR Eb Ib; lock
            80/7 CMP Eb Ib
            81/0 ADD Ev Iz; lock
            81/1 OR Ev Iz; lock
            81/2 ADC Ev Iz; lock
            81/3 SBB Ev Iz; lock
            81/4 AND Ev Iz; lock
            81/5 SUB Ev Iz; lock
            81/6 XOR Ev Iz; lock
            81/7 CMP Ev Iz
            82/0 ADD Eb Ib; lock i64
            82/1 OR Eb Ib; lock i64
            82/2 ADC Eb Ib; lock i64
            82/3 SBB Eb Ib; lock i64
            82/4 AND Eb Ib; lock i64
            82/5 SUB Eb Ib; lock i64
            82/6 XOR Eb Ib; lock i64
            82/7 CMP Eb Ib; i64
            83/0 ADD Ev Is; lock
            83/1 OR Ev Is; lock
            83/2 ADC Ev Is; lock
            83/3 SBB Ev Is; lock
            83/4 AND Ev Is; lock
            83/5 SUB Ev Is; lock
            83/6 XOR Ev Is; lock
            83/7 CMP Ev Is
            84 TEST Eb Gb
            85 TEST Ev Gv
            86 XCHG Eb Gb; lock
            87 XCHG Ev Gv; lock
            88 MOV Eb Gb
            89 MOV Ev Gv
            8A MOV Gb Eb
            8B MOV Gv Ev
            8C MOV Ev Sw
            8D LEA Gv Ma
            8E MOV Sw Ew
            8F/0 POP Ev; d64
            90+ XCHG Zv rAX
            98 CBW
            99 CWD
            9A CALL_FAR Ap; i64
            9B NOP
            9C PUSHF; d64
            9D POPF; d64
            9E SAHF
            9F LAHF
            A0 MOV AL Ob
            A1 MOV rAX Ov
            A2 MOV Ob AL
            A3 MOV Ov rAX
            A4 MOVS; byte
            A5 MOVS
            A6 CMPS; byte
            A7 CMPS
            A8 TEST AL Ib
            A9 TEST rAX Iz
            AA STOS; byte
            AB STOS
            AC LODS; byte
            AD LODS
            AE SCAS; byte
            AF SCAS
            B0+ MOV Zb Ib
            B8+ MOV Zv Iv
            C0/0 ROL Eb Ib
            C0/1 ROR Eb Ib
            C0/2 RCL Eb Ib
            C0/3 RCR Eb Ib
            C0/4 SHL Eb Ib
            C0/5 SHR Eb Ib
            C0/6 SHL Eb Ib
            C0/7 SAR Eb Ib
            C1/0 ROL Ev Ib
            C1/1 ROR Ev Ib
            C1/2 RCL Ev Ib
            C1/3 RCR Ev Ib
            C1/4 SHL Ev Ib
            C1/5 SHR Ev Ib
            C1/6 SHL Ev Ib
            C1/7 SAR Ev Ib
            C2 RET Iw; f64
            C3 RET; f64
            C4 LES Gz Mp; i64
            C5 LDS Gz Mp; i64
            C6/0 MOV Eb Ib
            C7/0 MOV Ev Iz
            C8 ENTER Iw Ib; d64
            C9 LEAVE; d64
            CA RET_FAR Iw
            CB RET_FAR
            CC INT3
            CD INT Ib
            CE INTO
            CF IRET
            D0/0 ROL Eb 1
            D0/1 ROR Eb 1
            D0/2 RCL Eb 1
            D0/3 RCR Eb 1
            D0/4 SHL Eb 1
            D0/5 SHR Eb 1
            D0/6 SHL Eb 1
            D0/7 SAR Eb 1
            D1/0 ROL Ev 1
            D1/1 ROR Ev 1
            D1/2 RCL Ev 1
            D1/3 RCR Ev 1
            D1/4 SHL Ev 1
            D1/5 SHR Ev 1
            D1/6 SHL Ev 1
            D1/7 SAR Ev 1
            D2/0 ROL Eb CL
            D2/1 ROR Eb CL
            D2/2 RCL Eb CL
            D2/3 RCR Eb CL
            D2/4 SHL Eb CL
            D2/5 SHR Eb CL
            D2/6 SHL Eb CL
            D2/7 SAR Eb CL
            D3/0 ROL Ev CL
            D3/1 ROR Ev CL
            D3/2 RCL Ev CL
            D3/3 RCR Ev CL
            D3/4 SHL Ev CL
            D3/5 SHR Ev CL
            D3/6 SHL Ev CL
            D3/7 SAR Ev CL
            D4 AAM Ib; i64
            D5 AAD Ib; i64
            D6 SALC; i64
            D7 XLAT
            E0 LOOPNE Jb; f64
            E1 LOOPE Jb; f64
            E2 LOOP Jb; f64
            E3 JRCXZ Jb; f64
            E4 PRIVILEGED Ib
            E5 PRIVILEGED Ib
            E6 PRIVILEGED Ib
            E7 PRIVILEGED Ib
            E8 CALL Jz; f64
            E9 JMP Jz; f64
            EA JMP_FAR Ap; i64
            EB JMP Jb; f64
            EC PRIVILEGED
            ED PRIVILEGED
            EE PRIVILEGED
            EF PRIVILEGED
            F1 INT1
            F4 HLT
            F5 CMC
            F6/0 TEST Eb Ib
            F6/1 TEST Eb Ib
            F6/2 NOT Eb; lock
            F6/3 NEG Eb; lock
            F6/4 MUL Eb
            F6/5 IMUL Eb
            F6/6 DIV Eb
            F6/7 IDIV Eb
            F7/0 TEST Ev Iz
            F7/1 TEST Ev Iz
            F7/2 NOT Ev; lock
            F7/3 NEG Ev; lock
            F7/4 MUL Ev
            F7/5 IMUL Ev
            F7/6 DIV Ev
            F7/7 IDIV Ev
            F8 CLC
            F9 STC
            FA CLI
            FB STI
            FC CLD
            FD STD
            FE/0 INC Eb; lock
            FE/1 DEC Eb; lock
            FF/0 INC Ev; lock
            FF/1 DEC Ev; lock
            FF/2 CALL Ev; f64
            FF/3 CALL_FAR Mp
            FF/4 JMP Ev; f64
            FF/5 JMP_FAR Mp
            FF/6 PUSH Ev; d64
            0F00/0r SLDT Ev
            0F00/0m SLDT Mw
            0F00/1r STR Ev
            0F00/1m STR Mw
            0F00/2 PRIVILEGED Ew
            0F00/3 PRIVILEGED Ew
            0F00/4 VERR Ew
            0F00/5 VERW Ew
            0F01/0m SGDT Ma
            0F01/1m SIDT Ma
            0F01/2m PRIVILEGED Ma
            0F01/3m PRIVILEGED Ma
            0F01/4r SMSW Ev
            0F01/4m SMSW Mw
            0F01/6 PRIVILEGED Ew
            0F01/7m PRIVILEGED Ma
            0F01=F8 SWAPGS
            0F02 LAR Gv Ew
            0F03 LSL Gv Ew
            0F05 SYSCALL
            0F06 PRIVILEGED
            0F07 SYSRET
            0F08 PRIVILEGED
            0F09 PRIVILEGED
            0F0B UD
            0F0D NOP Ev
            0F18 NOP Ev
            0F19 NOP Ev
            0F1A NOP Ev
            0F1B NOP Ev
            0F1C NOP Ev
            0F1D NOP Ev
            0F1E NOP Ev
            0F1F NOP Ev
            0F20 PRIVILEGED Ey
            0F21 PRIVILEGED Ey
            0F22 PRIVILEGED Ey
            0F23 PRIVILEGED Ey
            0F30 WRMSR
            0F31 RDTSC
            0F32 RDMSR
            0F33 PRIVILEGED
            0F34 SYSENTER
            0F35 SYSEXIT
            0F40* CMOV Gv Ev
            0F80* J Jz; f64
            0F90* SET Eb
            0FA0 PUSH FS; d64
            0FA1 POP FS; d64
            0FA2 CPUID
            0FA3 BT Ev Gv
            0FA4 SHLD Ev Gv Ib
            0FA5 SHLD Ev Gv CL
            0FA8 PUSH GS; d64
            0FA9 POP GS; d64
            0FAB BTS Ev Gv; lock
            0FAC SHRD Ev Gv Ib
            0FAD SHRD Ev Gv CL
            0FAF IMUL Gv Ev
            0FB0 CMPXCHG Eb Gb; lock
            0FB1 CMPXCHG Ev Gv; lock
            0FB2 LSS Gv Mp
            0FB3 BTR Ev Gv; lock
            0FB4 LFS Gv Mp
            0FB5 LGS Gv Mp
            0FB6 MOVZX Gv Eb
            0FB7 MOVZX Gv Ew
            0FB9 UD Ev
            0FBA/4 BT Ev Ib
            0FBA/5 BTS Ev Ib; lock
            0FBA/6 BTR Ev Ib; lock
            0FBA/7 BTC Ev Ib; lock
            0FBB BTC Ev Gv; lock
            0FBC BSF Gv Ev
            0FBD BSR Gv Ev
            0FBE MOVSX Gv Eb
            0FBF MOVSX Gv Ew
            0FC0 XADD Eb Gb; lock
            0FC1 XADD Ev Gv; lock
            0FC3 MOV My Gy
            0FC7/1m CMPXCHG8B Mq; lock
            0FC8+ BSWAP Zv
            0FFF UD Ev
            """;

    /** What 63 is: ARPL outside 64-bit mode. */
    private static final String ARPL = "63 ARPL Ew Gw";

    /** What 63 is in 64-bit mode. */
    private static final String MOVSXD = "63 MOVSXD Gv Ed";

    private static final int REG_FORMS = 8;
    private static final OpcodeMap OUTSIDE_64_BIT_MODE = new OpcodeMap(MAP + X87Map.MAP + ARPL);
    private static final OpcodeMap IN_64_BIT_MODE = new OpcodeMap(MAP + X87Map.MAP + MOVSXD);

    /** By opcode, the second byte of two-byte ones plus 256; then what ModRM decides. */
    private final Opcode[][] rows = new Opcode[512][];

    private OpcodeMap(String text) {
        this(text.lines().toList());
    }

    OpcodeMap(List<String> lines) {
        lines.forEach(this::add);
    }

    /** {@return the map of 64-bit mode, or that of the others} */
    static OpcodeMap of(Mode mode) {
        return mode == Mode.BITS_64 ? IN_64_BIT_MODE : OUTSIDE_64_BIT_MODE;
    }

    /**
     * Finds the rows of an opcode.
     *
     * @param opcode 0 to 255, or 256 to 511 for those after 0F
     * @return null if there is no such instruction; one row; or 16, chosen by ModRM: 0 to 7 by the reg field for memory, 8
     *     to 15 for registers; or 256, chosen by the whole ModRM
     */
    Opcode @Nullable [] rows(int opcode) {
        return rows[opcode];
    }

    private void add(String line) {
        String[] halves = line.split(";", -1);
        String[] words = halves[0].trim().split(" ", -1);
        Set<Attribute> attributes = attributes(halves.length > 1 ? halves[1].trim() : "");
        List<String> operands = new ArrayList<>(List.of(words).subList(2, words.length));
        if (operands.stream().anyMatch(operand -> operand.endsWith("b") && "EGZOI".indexOf(operand.charAt(0)) >= 0)
                && !operands.get(0).endsWith("v")
                && !operands.get(0).endsWith("w")) {
            attributes.add(Attribute.BYTE);
        }
        boolean modrm = operands.stream().anyMatch(OpcodeMap::isByModrm);
        Operation operation = Operation.valueOf(words[1]);
        String key = words[0];
        int base = key.startsWith("0F") && key.length() > 2 ? 256 : 0;
        String rest = base == 0 ? key : key.substring(2);
        int opcode = base + Integer.parseInt(rest.substring(0, 2), 16);
        String suffix = rest.substring(2);
        if (suffix.isEmpty()) {
            put(opcode, new Opcode(operation, opcode & 15, operands, attributes, modrm));
        } else if (suffix.equals("+") || suffix.equals("*")) {
            for (int i = 0; i < (suffix.equals("+") ? 8 : 16); i++) {
                put(opcode + i, new Opcode(operation, i, operands, attributes, modrm));
            }
        } else {
            extend(opcode, suffix, new Opcode(operation, 0, operands, attributes, modrm));
        }
    }

    private static boolean isByModrm(String operand) {
        return operand.length() == 2
                && "EGMNPQSUVW".indexOf(operand.charAt(0)) >= 0
                && Character.isLowerCase(operand.charAt(1));
    }

    private static Set<Attribute> attributes(String words) {
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                attributes.add(Attribute.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return attributes;
    }

    private void put(int opcode, Opcode row) {
        rows[opcode] = new Opcode[] {row};
    }

    private void extend(int opcode, String suffix, Opcode row) {
        if (rows[opcode] == null) {
            rows[opcode] = new Opcode[256];
        }
        if (suffix.charAt(0) == '=') {
            rows[opcode][Integer.parseInt(suffix.substring(1), 16)] = row;
            return;
        }
        int reg = suffix.charAt(1) - '0';
        boolean memory = !suffix.endsWith("r");
        boolean register = !suffix.endsWith("m");
        for (int modrm = 0; modrm < 256; modrm++) {
            boolean chosen = modrm >= 0xc0 ? register : memory;
            if (chosen && (modrm >> 3) % REG_FORMS == reg) {
                rows[opcode][modrm] = row;
            }
        }
    }
}
