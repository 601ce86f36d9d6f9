package dev.trapgate.emulator.linux.fs;

import org.jspecify.annotations.Nullable;

/**
 * Items of an {@link Eventpoll} that may have something to tell, linked through themselves: {@code rdllist} of
 * fs/eventpoll.c. An item is in one list at most. Guarded by the eventpoll's lock.
 */
final class ReadyList {

    /** An item's place in a list: {@code rdllink}. */
    abstract static class Link {

        private @Nullable ReadyList list;
        private @Nullable Link previous;
        private @Nullable Link next;

        /** {@return whether it is in a list: {@code ep_is_linked}} */
        final boolean isLinked() {
            return list != null;
        }
    }

    private @Nullable Link first;
    private @Nullable Link last;

    /** Makes an empty list. */
    ReadyList() {}

    /** {@return whether it has no item} */
    boolean isEmpty() {
        return first == null;
    }

    /** {@return the first item; null if there is none} */
    @Nullable
    Link first() {
        return first;
    }

    /** Adds an item that is in no list, behind the others: {@code list_add_tail}. */
    void addLast(Link link) {
        insert(link, last, null);
    }

    /** Adds an item that is in no list, before the others: {@code list_add}. */
    void addFirst(Link link) {
        insert(link, null, first);
    }

    private void insert(Link link, @Nullable Link before, @Nullable Link after) {
        link.list = this;
        link.previous = before;
        link.next = after;
        if (before == null) {
            first = link;
        } else {
            before.next = link;
        }
        if (after == null) {
            last = link;
        } else {
            after.previous = link;
        }
    }

    /** Takes an item out of the list that it is in, if it is in any: {@code list_del_init}. */
    static void unlink(Link link) {
        ReadyList list = link.list;
        if (list == null) {
            return;
        }
        Link before = link.previous;
        Link after = link.next;
        if (before == null) {
            list.first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            list.last = before;
        } else {
            after.previous = before;
        }
        link.list = null;
        link.previous = null;
        link.next = null;
    }

    /** Moves all items before those of another list: {@code list_splice_init}. */
    void moveBefore(ReadyList other) {
        for (Link link = last; link != null; link = last) {
            unlink(link);
            other.addFirst(link);
        }
    }
}
