package dev.trapgate.differential;

import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structure.Field;
import dev.trapgate.abi.Structure.Format;
import dev.trapgate.differential.Normalizations.Kind;
import dev.trapgate.differential.Normalizations.Rule;
import java.util.BitSet;
import java.util.Optional;

/** Says in words what a structure's fields hold on each side, so that equal words mean agreement. */
final class FieldComparison {

    private static final long NANOS = 1_000_000_000;
    private static final long S_IFMT = 0170000;
    private static final long S_IFCHR = 0020000;
    private static final long S_IFSOCK = 0140000;

    /** net.ipv4.ip_local_port_range, as each network begins with it. */
    private static final long FIRST_EPHEMERAL = 32768;

    private static final long LAST_EPHEMERAL = 60999;

    private final SideView left;
    private final SideView right;
    private final int block;
    private final BitSet changed;
    private final Finding finding;

    /** Takes what differs. */
    @FunctionalInterface
    interface Finding {

        /**
         * Two values that differ.
         *
         * @param subject the field
         * @param left what the left side has
         * @param right what the right side has
         */
        void differs(String subject, String left, String right);
    }

    /**
     * Begins with two sides.
     *
     * @param left one
     * @param right the other
     * @param block the block that is looked at
     * @param changed the bytes that either side changed; those of fields that have been compared are cleared
     * @param finding who hears of differences
     */
    FieldComparison(SideView left, SideView right, int block, BitSet changed, Finding finding) {
        this.left = left;
        this.right = right;
        this.block = block;
        this.changed = changed;
        this.finding = finding;
    }

    /** Compares those fields of a structure in which a byte changed. */
    void compare(String label, Structure structure, int offset) {
        for (Field field : structure.fields()) {
            int from = offset + (int) field.offset();
            String name = field.name().isEmpty() ? label : label + "." + field.name();
            Optional<Rule> rule = Normalizations.field(structure.name(), field.name());
            if (rule.isPresent()) {
                whole(name, structure, field, offset, rule.get());
            } else if (field.nested().isPresent()) {
                for (int i = 0; i < field.count(); i++) {
                    String element = field.count() == 1 ? name : name + "[" + i + "]";
                    compare(element, field.nested().get(), from + i * field.elementSize());
                }
            } else {
                scalars(name, field, from);
            }
        }
    }

    private void whole(String name, Structure structure, Field field, int offset, Rule rule) {
        int from = offset + (int) field.offset();
        int size = (int) field.size();
        if (!isChanged(from, size)) {
            return;
        }
        say(name, words(left, structure, field, offset, rule), words(right, structure, field, offset, rule));
        changed.clear(from, from + size);
    }

    private void scalars(String name, Field field, int from) {
        for (int i = 0; i < field.count(); i++) {
            int at = from + i * field.elementSize();
            if (isChanged(at, field.elementSize())) {
                String element = field.count() == 1 ? name : name + "[" + i + "]";
                if (field.format() != Format.POINTER || !isWrittenAlike(at, field.elementSize())) {
                    say(element, words(left, field, at), words(right, field, at));
                }
                changed.clear(at, at + field.elementSize());
            }
        }
    }

    /** Whether what was written is the same on both sides, as it is when data overwrite a part of an address. */
    private boolean isWrittenAlike(int from, int size) {
        return changed.get(from, from + size).stream()
                .allMatch(i -> left.image(block)[from + i] == right.image(block)[from + i]);
    }

    private boolean isChanged(int from, int size) {
        int next = changed.nextSetBit(from);
        boolean fits = from + size <= left.image(block).length;
        return fits && next >= 0 && next < from + size;
    }

    private String words(SideView side, Field field, int at) {
        int size = field.elementSize();
        return switch (field.format()) {
            case POINTER -> side.address(side.unsigned(block, at, size));
            case SIGNED -> Long.toString(side.signed(block, at, size));
            case UNSIGNED -> Long.toUnsignedString(side.unsigned(block, at, size));
            case OCTAL -> "0" + Long.toOctalString(side.unsigned(block, at, size));
            default -> "0x" + Long.toHexString(side.unsigned(block, at, size));
        };
    }

    private String words(SideView side, Structure structure, Field field, int offset, Rule rule) {
        int at = offset + (int) field.offset();
        int size = (int) field.size();
        boolean ofTime = rule.kind() == Kind.TIME || rule.kind() == Kind.PART;
        if (ofTime && isOlder(side, structure, field, offset)) {
            return "a time before the play";
        }
        return switch (rule.kind()) {
            case IDENTITY -> side.identity(rule.detail(), side.unsigned(block, at, field.elementSize()));
            case ADDRESS -> side.address(side.unsigned(block, at, field.elementSize()));
            case TIME -> time(side, field, at);
            case PART -> part(side, structure, field, offset, rule);
            case COUNTDOWN -> countdown(side, field, at);
            case PORT -> port(side, at);
            case FIGURE, RANDOM -> rule.reason();
            default -> side.hex(block, at, size);
        };
    }

    /**
     * Devices and the anonymous inode, which has no type, were there before the play; what sockfs says of a change is an
     * earlier inode's, for nobody sets it.
     */
    private boolean isOlder(SideView side, Structure structure, Field field, int offset) {
        boolean ofChange = field.name().contains("ctime");
        return structure
                .field("st_mode")
                .or(() -> structure.field("stx_mode"))
                .map(mode -> side.unsigned(block, offset + (int) mode.offset(), mode.elementSize()) & S_IFMT)
                .filter(type -> type == S_IFCHR || type == 0 || (ofChange && type == S_IFSOCK))
                .isPresent();
    }

    private String time(SideView side, Field field, int at) {
        if (field.format() == Format.STRUCTURE) {
            Field seconds = field.nested().orElseThrow().fields().getFirst();
            boolean now = side.isNow(side.signed(block, at, seconds.elementSize()));
            return now ? "now" : side.hex(block, at, (int) field.size());
        }
        long seconds = side.unsigned(block, at, field.elementSize());
        return side.isNow(seconds) ? "now" : Long.toString(side.signed(block, at, field.elementSize()));
    }

    private String countdown(SideView side, Field field, int at) {
        int size = field.nested().orElseThrow().fields().getFirst().elementSize();
        long seconds = side.signed(block, at, size);
        long parts = side.signed(block, at + size, size);
        if (seconds == 0 && parts == 0) {
            return "no time";
        }
        // A minute is more than a play takes.
        return seconds < 0 || parts < 0 || parts >= NANOS
                ? side.hex(block, at, 2 * size)
                : (seconds + 60) / 60 + " min";
    }

    /** In the network's order. */
    private String port(SideView side, int at) {
        long port = side.unsigned(block, at, 1) << Byte.SIZE | side.unsigned(block, at + 1, 1);
        return port >= FIRST_EPHEMERAL && port <= LAST_EPHEMERAL ? side.identity("port", port) : Long.toString(port);
    }

    private String part(SideView side, Structure structure, Field field, int offset, Rule rule) {
        Field seconds = structure.field(rule.detail()).orElseThrow();
        boolean now = side.isNow(side.unsigned(block, offset + (int) seconds.offset(), seconds.elementSize()));
        return now
                ? "a part of now"
                : Long.toString(side.unsigned(block, offset + (int) field.offset(), field.elementSize()));
    }

    /** Compares memory that has one rule as a whole. */
    void compare(Overlay overlay) {
        int size = Math.min(overlay.size(), left.image(block).length - overlay.offset());
        if (!isChanged(overlay.offset(), size)) {
            return;
        }
        say(overlay.label(), words(left, overlay, size), words(right, overlay, size));
        changed.clear(overlay.offset(), overlay.offset() + size);
    }

    private String words(SideView side, Overlay overlay, int size) {
        Kind kind = overlay.rule().orElseThrow().kind();
        return switch (kind) {
            case DIRENTS64, DIRENTS -> Entries.words(side, block, overlay.offset(), size, kind);
            case CLOCK -> clock(side, overlay);
            case RANDOM, FIGURE -> overlay.rule().orElseThrow().reason();
            default -> side.hex(block, overlay.offset(), size);
        };
    }

    private String clock(SideView side, Overlay overlay) {
        int at = overlay.offset();
        Structure structure = overlay.structure().orElseThrow();
        Field first = structure.fields().getFirst();
        long seconds = side.signed(block, at, first.elementSize());
        if (structure.fields().size() == 1) {
            return side.clock(overlay.clock(), seconds, 0);
        }
        Field second = structure.fields().get(1);
        return side.clock(
                overlay.clock(), seconds, side.signed(block, at + (int) second.offset(), second.elementSize()));
    }

    private void say(String subject, String leftWords, String rightWords) {
        if (!leftWords.equals(rightWords)) {
            finding.differs(subject, leftWords, rightWords);
        }
    }
}
