/**
 * A JUnit extension for those who test code that makes system calls: one test over several kernels, the host's and emulated
 * ones, each with a place of its own. It needs JUnit Jupiter, 5.10 or later or 6, which the library does not bring along.
 */
@NullMarked
package dev.trapgate.junit;

import org.jspecify.annotations.NullMarked;
