package io.orchestrator.core.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The seccomp profile {@code RuntimeDefault} of processes: which system calls they may not make, as they are for whoever runs the
 * machine. Those that engines refuse by default are refused here, unless the container was given the capability that they are for; but
 * {@code personality}, which engines look into, may be called, and programs of 32 bits may not call anything. What makes namespaces is
 * refused as well, with which a program would get capabilities of its own. Immutable.
 */
record SystemCalls(int architecture, boolean amd64) {
    private static final int NONE = -1;

    private record Refused(int amd64, int arm64, Set<String> unless) {
        private static Refused of(int amd64, int arm64, String... unless) {
            return new Refused(amd64, arm64, Set.of(unless));
        }
    }

    private static final String ADMIN = "sys_admin";

    private static final List<Refused> REFUSED = List.of(
            Refused.of(163, 89, "sys_pacct"), // acct
            Refused.of(248, 217), // add_key
            Refused.of(321, 280, ADMIN, "bpf"), // bpf
            Refused.of(305, 266, "sys_time"), // clock_adjtime
            Refused.of(227, 112, "sys_time"), // clock_settime
            Refused.of(174, NONE, "sys_module"), // create_module
            Refused.of(176, 106, "sys_module"), // delete_module
            Refused.of(300, 262, ADMIN), // fanotify_init
            Refused.of(313, 273, "sys_module"), // finit_module
            Refused.of(431, 431, ADMIN), // fsconfig
            Refused.of(432, 432, ADMIN), // fsmount
            Refused.of(430, 430, ADMIN), // fsopen
            Refused.of(433, 433, ADMIN), // fspick
            Refused.of(175, 105, "sys_module"), // init_module
            Refused.of(426, 426), // io_uring_enter
            Refused.of(427, 427), // io_uring_register
            Refused.of(425, 425), // io_uring_setup
            Refused.of(173, NONE, "sys_rawio"), // ioperm
            Refused.of(172, NONE, "sys_rawio"), // iopl
            Refused.of(312, 272, "sys_ptrace"), // kcmp
            Refused.of(320, 294, "sys_boot"), // kexec_file_load
            Refused.of(246, 104, "sys_boot"), // kexec_load
            Refused.of(250, 219), // keyctl
            Refused.of(212, 18, ADMIN), // lookup_dcookie
            Refused.of(239, 236, "sys_nice"), // get_mempolicy
            Refused.of(237, 235, "sys_nice"), // mbind
            Refused.of(256, 238, "sys_nice"), // migrate_pages
            Refused.of(238, 237, "sys_nice"), // set_mempolicy
            Refused.of(450, 450, "sys_nice"), // set_mempolicy_home_node
            Refused.of(180, 42), // nfsservctl
            Refused.of(438, 438, "sys_ptrace"), // pidfd_getfd
            Refused.of(139, NONE), // sysfs
            Refused.of(156, NONE), // _sysctl
            Refused.of(165, 40, ADMIN), // mount
            Refused.of(442, 442, ADMIN), // mount_setattr
            Refused.of(429, 429, ADMIN), // move_mount
            Refused.of(279, 239, "sys_nice"), // move_pages
            Refused.of(304, 265, "dac_read_search"), // open_by_handle_at
            Refused.of(428, 428, ADMIN), // open_tree
            Refused.of(298, 241, ADMIN, "perfmon"), // perf_event_open
            Refused.of(155, 41, ADMIN), // pivot_root
            Refused.of(179, 60, ADMIN), // quotactl
            Refused.of(443, 443, ADMIN), // quotactl_fd
            Refused.of(169, 142, "sys_boot"), // reboot
            Refused.of(249, 218), // request_key
            Refused.of(171, 162, ADMIN), // setdomainname
            Refused.of(170, 161, ADMIN), // sethostname
            Refused.of(308, 268, ADMIN), // setns
            Refused.of(164, 170, "sys_time"), // settimeofday
            Refused.of(168, 225, ADMIN), // swapoff
            Refused.of(167, 224, ADMIN), // swapon
            Refused.of(103, 116, ADMIN, "syslog"), // syslog
            Refused.of(166, 39, ADMIN), // umount2
            Refused.of(272, 97, ADMIN), // unshare
            Refused.of(134, NONE), // uselib
            Refused.of(323, 282), // userfaultfd
            Refused.of(136, NONE), // ustat
            Refused.of(153, 58, "sys_tty_config")); // vhangup

    private static final int CLONE_3 = 435;
    private static final int CLONE_AMD64 = 56;
    private static final int CLONE_ARM64 = 220;
    /** Of the first argument of clone: the flags that make namespaces. */
    private static final int NEW_NAME_SPACES = 0x7E020000;

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /** Places in what the kernel tells of a call. */
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    /** Numbers of another way to call on this architecture. */
    private static final int X32 = 0x40000000;

    private static final int ALLOW = 0x7fff0000;
    private static final int NOT_PERMITTED = 0x00050001;
    private static final int NOT_IMPLEMENTED = 0x00050000 | 38;

    private static final int BYTES_OF_RULE = 8;

    /** Empty on a machine whose calls are not known here. */
    static Optional<SystemCalls> ofThisMachine() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> Optional.of(new SystemCalls(0xC000003E, true));
            case "aarch64", "arm64" -> Optional.of(new SystemCalls(0xC00000B7, false));
            default -> Optional.empty();
        };
    }

    private record Rule(int code, int then, int otherwise, int value) {}

    /**
     * The filter as the kernel reads it, in hexadecimal.
     *
     * @param added capabilities that the container was given, in any spelling
     */
    String filter(List<String> added) {
        Set<String> given = added.stream().map(CapabilityNames::plain).collect(Collectors.toSet());
        boolean all = given.contains(CapabilityNames.ALL);
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule(LOAD, 0, 0, ARCHITECTURE));
        rules.add(new Rule(IF_EQUAL, 1, 0, architecture));
        rules.add(new Rule(RETURN, 0, 0, NOT_IMPLEMENTED));
        rules.add(new Rule(LOAD, 0, 0, NUMBER));
        if (amd64) {
            rules.add(new Rule(IF_AT_LEAST, 0, 1, X32));
            rules.add(new Rule(RETURN, 0, 0, NOT_IMPLEMENTED));
        }
        for (Refused each : REFUSED) {
            int number = amd64 ? each.amd64() : each.arm64();
            if (number != NONE && !all && each.unless().stream().noneMatch(given::contains)) {
                rules.add(new Rule(IF_EQUAL, 0, 1, number));
                rules.add(new Rule(RETURN, 0, 0, NOT_PERMITTED));
            }
        }
        if (!all && !given.contains(ADMIN)) {
            // its arguments cannot be looked at; whoever hears that there is none calls the older one
            rules.add(new Rule(IF_EQUAL, 0, 1, CLONE_3));
            rules.add(new Rule(RETURN, 0, 0, NOT_IMPLEMENTED));
            rules.add(new Rule(IF_EQUAL, 0, 3, amd64 ? CLONE_AMD64 : CLONE_ARM64));
            rules.add(new Rule(LOAD, 0, 0, FIRST_ARGUMENT));
            rules.add(new Rule(IF_ANY_BIT, 0, 1, NEW_NAME_SPACES));
            rules.add(new Rule(RETURN, 0, 0, NOT_PERMITTED));
        }
        rules.add(new Rule(RETURN, 0, 0, ALLOW));
        return hexadecimal(rules);
    }

    private static String hexadecimal(List<Rule> rules) {
        ByteBuffer bytes = ByteBuffer.allocate(rules.size() * BYTES_OF_RULE).order(ByteOrder.LITTLE_ENDIAN);
        for (Rule rule : rules) {
            bytes.putShort((short) rule.code());
            bytes.put((byte) rule.then());
            bytes.put((byte) rule.otherwise());
            bytes.putInt(rule.value());
        }
        return HexFormat.of().formatHex(bytes.array());
    }
}
