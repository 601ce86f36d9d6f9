/** The sockets' one number: {@code net/socket.c}. */
@NullMarked
package dev.trapgate.emulator.linux.net;

import org.jspecify.annotations.NullMarked;
