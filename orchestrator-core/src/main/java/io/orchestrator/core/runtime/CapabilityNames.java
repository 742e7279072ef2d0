package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.util.Locale;
import java.util.Set;

/** The capabilities of Linux, as the program {@code setpriv} names them. Stateless. */
final class CapabilityNames {
    static final String ALL = "all";
    private static final String BEGINNING = "cap_";
    private static final Set<String> KNOWN = Set.of(
            ALL,
            "audit_control",
            "audit_read",
            "audit_write",
            "block_suspend",
            "bpf",
            "checkpoint_restore",
            "chown",
            "dac_override",
            "dac_read_search",
            "fowner",
            "fsetid",
            "ipc_lock",
            "ipc_owner",
            "kill",
            "lease",
            "linux_immutable",
            "mac_admin",
            "mac_override",
            "mknod",
            "net_admin",
            "net_bind_service",
            "net_broadcast",
            "net_raw",
            "perfmon",
            "setfcap",
            "setgid",
            "setpcap",
            "setuid",
            "sys_admin",
            "sys_boot",
            "sys_chroot",
            "sys_module",
            "sys_nice",
            "sys_pacct",
            "sys_ptrace",
            "sys_rawio",
            "sys_resource",
            "sys_time",
            "sys_tty_config",
            "syslog",
            "wake_alarm");

    private CapabilityNames() {}

    /** Fails for what is none, which the program might take for several. */
    static String plain(String capability) {
        String name = capability.toLowerCase(Locale.ROOT);
        String plain = name.startsWith(BEGINNING) ? name.substring(BEGINNING.length()) : name;
        if (!KNOWN.contains(plain)) {
            throw new RuntimeFailure(RuntimeFailure.Kind.CANNOT_START, "there is no capability \"" + capability + "\"");
        }
        return plain;
    }
}
