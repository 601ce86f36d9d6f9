package dev.trapgate.cli;

import dev.trapgate.emulator.MachineSetup.Memory;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An amount of memory on the command line: bytes, or with a letter behind them KiB, MiB or GiB, as with {@code docker run -m}. */
final class MemorySize implements ITypeConverter<Memory> {

    private static final Pattern SIZE = Pattern.compile("([0-9]+)([bkmg]?)");
    private static final String UNITS = "bkmg";
    private static final int LOG_OF_STEP = 10;

    @Override
    public Memory convert(String value) {
        Matcher size = SIZE.matcher(value.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is no size; a number of bytes is wanted, or one followed by "
                            + "k, m or g for KiB, MiB or GiB");
        }
        int shift = Math.max(UNITS.indexOf(size.group(2)), 0) * LOG_OF_STEP;
        BigInteger bytes = new BigInteger(size.group(1)).shiftLeft(shift);
        if (bytes.compareTo(BigInteger.valueOf(Memory.LEAST)) < 0) {
            throw new TypeConversionException(value + " is too little; " + text(Memory.LEAST) + " is the least");
        }
        if (bytes.compareTo(BigInteger.valueOf(Memory.most())) > 0) {
            throw new TypeConversionException(value + " is too much: " + text(Memory.most())
                    + " can be had with this JVM's heap; TRAPGATE_JAVA_OPTS=-Xmx… makes that larger");
        }
        return new Memory(bytes.longValueExact());
    }

    /** {@return an amount as it is written here: in MiB, rounded down} */
    static String text(long bytes) {
        return (bytes >>> (2 * LOG_OF_STEP)) + "m";
    }
}
