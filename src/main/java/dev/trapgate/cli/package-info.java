/** The command line, one class a subcommand. */
@NullMarked
package dev.trapgate.cli;

import org.jspecify.annotations.NullMarked;
