/** What generated scenarios are made of: one class a subject, each a list of weighted calls. */
@NullMarked
package dev.trapgate.differential.grammar;

import org.jspecify.annotations.NullMarked;
