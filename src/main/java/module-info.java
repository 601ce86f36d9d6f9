/** Every way from Java through the gate into the Linux kernel. */
module dev.trapgate {
    requires static org.jspecify;

    exports dev.trapgate.abi;
    exports dev.trapgate.entry;
}
