/**
 * Plays one scenario of system calls through two gates, and compares all that they leave behind.
 *
 * <p>A scenario is a text, one step a line, in the order in which the steps are played:
 *
 * <pre>{@code
 * # A read sleeps until another thread writes.
 * p = &int[2]
 * buf = @8
 * pipe2($p, 0)
 * thread reader {
 *     n = read($p[0], $buf, 8) blocks
 * }
 * write($p[1], @text:abc, 3)
 * await reader
 * write($p[1], $buf, $n)
 * }</pre>
 *
 * <p>Who makes the calls is one thread, and as many others as are named. Only one of them is ever told to do something: the
 * next line is played when the call has come back or, if it is marked so, when its thread really sleeps in it, which the
 * kernel of that side is asked about ({@link dev.trapgate.differential.KernelThread}). Before the next line everybody whom
 * the call woke has come back or sleeps again. So the answers do not depend on who is faster, and are compared call by call.
 * A call that does neither within {@link dev.trapgate.differential.Side#DEADLINE_MILLIS} ends the play.
 */
@NullMarked
package dev.trapgate.differential;

import org.jspecify.annotations.NullMarked;
