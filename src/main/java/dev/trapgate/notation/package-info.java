/** The language in which people write calls and their arguments, and what they mean to one ABI. */
@NullMarked
package dev.trapgate.notation;

import org.jspecify.annotations.NullMarked;
