package dev.trapgate.differential;

import dev.trapgate.differential.Normalizations.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** Decimal numbers in text that was read, behind names for which {@code normalizations.tsv} has rules. */
final class NamedNumbers {

    private final SideView left;
    private final SideView right;
    private final int block;
    private final BitSet changed;
    private final FieldComparison.Finding finding;

    /**
     * Begins with two sides.
     *
     * @param left one
     * @param right the other
     * @param block the block that is looked at
     * @param changed the bytes that either side changed; those of numbers that have been compared are cleared
     * @param finding who hears of differences
     */
    NamedNumbers(SideView left, SideView right, int block, BitSet changed, FieldComparison.Finding finding) {
        this.left = left;
        this.right = right;
        this.block = block;
        this.changed = changed;
        this.finding = finding;
    }

    /** Compares those that stand at the same place on both sides. */
    void compare() {
        Normalizations.names().forEach((name, rule) -> {
            if (rule.kind() == Kind.IDENTITY) {
                compare(name, rule.detail());
            }
        });
    }

    private void compare(String name, String identity) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        int last = Math.min(changed.length(), left.image(block).length) - text.length;
        for (int at = Math.max(0, changed.nextSetBit(0)); at < last; at++) {
            if (isAt(left, at, text) && isAt(right, at, text)) {
                number(name, identity, at + text.length);
            }
        }
    }

    private boolean isAt(SideView side, int at, byte... text) {
        return Arrays.equals(side.image(block), at, at + text.length, text, 0, text.length);
    }

    private void number(String name, String identity, int at) {
        int size = Math.max(field(left, at), field(right, at));
        boolean isWhole = isEnded(left, at + size) && isEnded(right, at + size);
        if (isWhole) {
            String ours = words(left, identity, at);
            String theirs = words(right, identity, at);
            if (!ours.equals(theirs)) {
                finding.differs(name, ours, theirs);
            }
        }
        // Of one that was cut off by the end of what was read, only that it is a number can be compared.
        changed.clear(at, at + (isWhole ? size : Math.min(digits(left, at), digits(right, at))));
    }

    private boolean isEnded(SideView side, int at) {
        return at < side.image(block).length && side.image(block)[at] == '\n';
    }

    /** {@return how long a number is with the blanks behind it} */
    private int field(SideView side, int at) {
        byte[] image = side.image(block);
        int end = at + digits(side, at);
        while (end < image.length && image[end] == ' ') {
            end++;
        }
        return end - at;
    }

    private int digits(SideView side, int at) {
        byte[] image = side.image(block);
        int end = at;
        while (end < image.length && Character.isDigit(image[end])) {
            end++;
        }
        return end - at;
    }

    private String words(SideView side, String identity, int at) {
        String digits = new String(side.image(block), at, digits(side, at), StandardCharsets.US_ASCII);
        return side.identity(identity, digits.isEmpty() ? -1 : Long.parseLong(digits));
    }
}
