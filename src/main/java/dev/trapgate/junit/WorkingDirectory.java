package dev.trapgate.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of a {@link LinuxTest} that takes an empty directory's absolute path, as {@link String} or
 * {@link java.nio.file.Path}. It is a path of the kernel that the test runs over, which need not be the host's: what Java itself
 * finds there is another matter. It is not the process's working directory, which the JVM's threads share.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface WorkingDirectory {}
