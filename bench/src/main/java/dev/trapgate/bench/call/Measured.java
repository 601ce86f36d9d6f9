package dev.trapgate.bench.call;

import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which row of the report a benchmark method measures. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Measured {

    /** {@return who makes the call} */
    Caller caller();

    /** {@return the way into the kernel, or none where no kernel is entered; never more than one} */
    Gate[] gate() default {};

    /** {@return how Java lets the thread out; says nothing about C} */
    Linkage linkage() default Linkage.ORDINARY;

    /** {@return how many frames that are not inlined stand between the measuring loop and the call} */
    int depth() default 0;

    /** {@return how many calls are made in one crossing} */
    int batch() default 1;

    /** {@return by which method a library or the JDK makes the call, such as {@code System.nanoTime}; empty where that goes without saying} */
    String by() default "";

    /** {@return whether the row measures what another does already, so that what sets the two apart is noise} */
    boolean duplicate() default false;

    /** {@return whether single calls are timed as well, for percentiles and a histogram} */
    boolean sampled() default false;

    /** {@return the least effort with which this row is measured, if its operation is with that} */
    Effort from() default Effort.QUICK;
}
