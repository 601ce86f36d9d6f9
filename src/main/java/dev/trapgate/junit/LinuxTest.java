package dev.trapgate.junit;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each of some gates, and where the host lacks one of them is skipped for that one, with the gate's
 * own reason.
 *
 * <p>The test method, and methods of its life cycle, may have parameters of these types:
 *
 * <ul>
 *   <li>{@code dev.trapgate.Linux}, by that gate;
 *   <li>{@code dev.trapgate.entry.SyscallEntry}, the gate itself;
 *   <li>{@link Gate}, its name;
 *   <li>with {@link WorkingDirectory}, {@link String} or {@link java.nio.file.Path}: an empty directory.
 * </ul>
 *
 * <p>Behind an emulated gate is a machine of its own, just switched on, with an empty {@code /tmp} and an ordinary user's
 * program: such a test runs on any system. Behind the others is the host, whose directory is made for the test and deleted
 * after it.
 *
 * <pre>
 * &#64;LinuxTest(gates = {Gate.SYSCALL, Gate.EMULATED_SYSCALL})
 * void makesADirectory(Linux linux, &#64;WorkingDirectory String directory) {
 *     linux.fs().mkdir(directory + "/new", Mode.RWX______);
 * }
 * </pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LinuxTestExtension.class)
public @interface LinuxTest {

    /** {@return the gates, one or more, in the order in which the test runs over them} */
    Gate[] gates() default {Gate.SYSCALL, Gate.EMULATED_SYSCALL};

    /**
     * {@return calls without which the test makes no sense} It is skipped over a kernel that lacks one, or whose filter refuses it,
     * as {@code Linux.capabilities()} finds.
     */
    Syscall[] needs() default {};
}
