package dev.trapgate.emulator.linux.kernel;

import java.util.List;

/**
 * What {@code uname(2)} says: {@code struct new_utsname}.
 *
 * @param sysname the kernel's name
 * @param nodename the host's name
 * @param release the kernel's version
 * @param version its build
 * @param machine the processor's kind
 * @param domainname the NIS domain
 */
public record UtsName(
        String sysname, String nodename, String release, String version, String machine, String domainname) {

    /** {@return the fields in the structure's order} */
    public List<String> fields() {
        return List.of(sysname, nodename, release, version, machine, domainname);
    }

    UtsName withNodename(String other) {
        return new UtsName(sysname, other, release, version, machine, domainname);
    }

    UtsName withDomainname(String other) {
        return new UtsName(sysname, nodename, release, version, machine, other);
    }
}
