package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rings of threads that hand tokens on: who has none sleeps. Each thread knows which number each token has to have when it
 * comes, so that none is lost, doubled or overtaken by itself; a lost wake-up stops a ring for good.
 */
@Timeout(200)
class RingLoadTest {

    private static final int RING = 100;
    private static final int TOKENS = 3;
    private static final int ROUNDS = 2;
    private static final long STOP = Integer.MAX_VALUE;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSIX_MESSAGE_QUEUE") // of which a user has 256
    void tokensGoRoundOneWay(LinkKind kind) throws InterruptedException {
        tokensGoRound(kind.name(), place -> kind);
    }

    @Test
    void tokensGoRoundEveryWayInTurn() throws InterruptedException {
        LinkKind[] kinds = LinkKind.values();
        tokensGoRound("every way in turn", place -> kinds[place % kinds.length]);
    }

    private static void tokensGoRound(String what, IntFunction<LinkKind> kinds) throws InterruptedException {
        try (ManyThreads threads = new ManyThreads()) {
            for (int ring = 0; ring < ManyThreads.COUNT / RING; ring++) {
                Link[] links = new Link[RING];
                int first = ring * RING;
                Arrays.setAll(links, place -> kinds.apply(first + place).make(threads));
                for (int place = 0; place < RING; place++) {
                    Member member = new Member(threads, place, links[place], links[(place + 1) % RING]);
                    threads.start("a member that hears by " + kinds.apply(first + place), member::run);
                }
            }
            threads.begin();
            threads.joinAll("rings, " + what);
            assertThat(threads.messages()).isGreaterThanOrEqualTo((long) ManyThreads.COUNT * TOKENS * ROUNDS);
        }
    }

    /** A member of a ring. The first one puts the tokens in, and takes them out at the end. */
    private static final class Member {

        private final ManyThreads threads;
        private final int place;
        private final Link in;
        private final Link out;
        private final long[] expected = new long[TOKENS];

        Member(ManyThreads threads, int place, Link in, Link out) {
            this.threads = threads;
            this.place = place;
            this.in = in;
            this.out = out;
            Arrays.fill(expected, place == 0 ? RING : place);
        }

        void run() {
            if (place == 0) {
                for (int token = 0; token < TOKENS; token++) {
                    out.send(number(1, token));
                }
            }
            long heard = 0;
            int left = TOKENS;
            for (long number = in.receive(); number != STOP; number = in.receive()) {
                heard++;
                long hops = check(number);
                boolean retires = place == 0 && hops >= (long) ROUNDS * RING && threads.isOver();
                if (!retires) {
                    out.send(number + TOKENS);
                } else if (--left == 0) {
                    out.send(STOP);
                }
            }
            if (place != 0) {
                out.send(STOP);
            }
            threads.arrived(heard);
        }

        private static long number(long hops, int token) {
            return hops * TOKENS + token;
        }

        /** {@return how often a token was handed on} */
        private long check(long number) {
            int token = (int) (number % TOKENS);
            long hops = number / TOKENS;
            if (hops != expected[token]) {
                throw new AssertionError("token " + token + " came after " + hops + " hops, not " + expected[token]);
            }
            expected[token] += RING;
            return hops;
        }
    }
}
