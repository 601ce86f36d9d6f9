/** Memory of this process, outside the Java heap, that stays mapped and so can be written by code that checks nothing. */
@NullMarked
package dev.trapgate.host.memory;

import org.jspecify.annotations.NullMarked;
