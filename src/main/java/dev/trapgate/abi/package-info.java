/** What Linux fixes for ever: call numbers, parameters, error numbers, structure layouts, constants, for each ABI. */
@NullMarked
package dev.trapgate.abi;

import org.jspecify.annotations.NullMarked;
