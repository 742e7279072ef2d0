package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * As whom a container's commands run, and with how much of this JVM's rights: by the program {@code setpriv}, which turns into the
 * command. Root runs them as anybody, and without capabilities that are dropped; everybody can keep them from gaining rights. Images
 * have no users of their own here, so those of the machine are meant: a user's group is the one that the machine gives it.
 * Immutable.
 *
 * @param program where this machine has it
 * @param changing whether this JVM may run programs as other users
 * @param root whether it has capabilities itself, which its containers would have as well
 */
record Privileges(Optional<Path> program, boolean changing, boolean root) {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";
    /** To change group, user and the bounding set of capabilities. */
    private static final long NEEDED = 1L << 6 | 1L << 7 | 1L << 8;

    private static final String CHANGING_ROOT = "sys_chroot";

    static Privileges ofThisMachine() {
        Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
        long held = capabilities();
        boolean changing = program.isPresent() && (held & NEEDED) == NEEDED;
        return new Privileges(
                program,
                changing,
                held != 0 || System.getProperty("user.name", "").equals("root"));
    }

    /** Those of this JVM. */
    private static long capabilities() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(EFFECTIVE))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(EFFECTIVE.length()).strip(), 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // a system without such a file
        }
    }

    /** Fails for what no container can have, and for what root cannot take from one here. */
    void check(Security wanted) {
        wanted.addCapabilities().forEach(CapabilityNames::plain);
        wanted.dropCapabilities().forEach(CapabilityNames::plain);
        if (!root && wanted.privileged()) {
            throw unsupported("let a container be privileged, as the agent is not");
        }
        if (!root && !wanted.addCapabilities().isEmpty()) {
            throw unsupported("give a container capabilities, as the agent has none");
        }
        if (root && !changing && !dropped(wanted).isEmpty()) {
            throw unsupported("let root take capabilities from a container");
        }
        if (root && program.isEmpty() && !wanted.allowPrivilegeEscalation()) {
            throw unsupported("hold allowPrivilegeEscalation: false, as it has no program \"setpriv\"");
        }
    }

    /** The same where nobody can be another user. */
    Privileges withoutUsers() {
        return new Privileges(program, false, root);
    }

    private static RuntimeFailure unsupported(String what) {
        return new RuntimeFailure(RuntimeFailure.Kind.UNSUPPORTED, "this machine does not " + what);
    }

    /** The words before a command; none where it runs as this JVM does. */
    List<String> words(Security wanted) {
        if (program.isEmpty()) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        if (changing) {
            options.addAll(user(wanted));
            options.addAll(capabilities(wanted));
        }
        if (!wanted.allowPrivilegeEscalation()) {
            options.add("--no-new-privs");
        }
        if (options.isEmpty()) {
            return List.of();
        }
        List<String> words = new ArrayList<>(List.of(program.get().toString()));
        words.addAll(options);
        words.add("--");
        return words;
    }

    /**
     * The words before the program that changes the root of files. Whoever is not root may change it by one capability alone,
     * which {@link #entered} takes away: to be set, it must be handed on before others leave the bounding set.
     */
    List<String> entering(Security wanted) {
        if (!restricts(wanted)) {
            return words(wanted);
        }
        List<String> words = new ArrayList<>(List.of(setpriv(), "--inh-caps=+" + CHANGING_ROOT, "--", setpriv()));
        words.addAll(user(wanted));
        String dropped = dropped(wanted);
        if (!dropped.isEmpty()) {
            words.add("--bounding-set=" + dropped);
        }
        words.add("--inh-caps=" + (dropped.isEmpty() ? "" : dropped + ",") + "+" + CHANGING_ROOT);
        words.add("--ambient-caps=-all,+" + CHANGING_ROOT);
        if (!wanted.allowPrivilegeEscalation()) {
            words.add("--no-new-privs");
        }
        words.add("--");
        return words;
    }

    /** The words after the root of files was changed. */
    List<String> entered(Security wanted) {
        if (!restricts(wanted)) {
            return List.of();
        }
        boolean added = wanted.addCapabilities().stream()
                .map(CapabilityNames::plain)
                .anyMatch(name -> name.equals(CHANGING_ROOT) || name.equals(CapabilityNames.ALL));
        return List.of(setpriv(), "--inh-caps=" + (added ? "+" : "-") + CHANGING_ROOT, "--ambient-caps=-all", "--");
    }

    private boolean restricts(Security wanted) {
        return changing && !(user(wanted).isEmpty() && dropped(wanted).isEmpty());
    }

    private String setpriv() {
        return program.orElseThrow().toString();
    }

    /** Has the user of a container own what lies there, as an engine does with its streams. */
    void give(Path path, Security wanted) throws IOException {
        Long user = wanted.runAsUser();
        if (changing && user != null) {
            Files.setAttribute(path, "unix:uid", user.intValue());
        }
    }

    private static List<String> user(Security wanted) {
        Long user = wanted.runAsUser();
        Long group = wanted.runAsGroup();
        if (user == null && group == null && wanted.supplementalGroups().isEmpty()) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        if (user != null) {
            options.add("--reuid=" + user);
        }
        if (group != null) {
            options.add("--regid=" + group);
        } else if (user != null) {
            options.add("--regid=" + MachineUser.of(user).group());
        }
        options.add(
                wanted.supplementalGroups().isEmpty()
                        ? "--clear-groups"
                        : "--groups="
                                + wanted.supplementalGroups().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")));
        return options;
    }

    /** What is not dropped is what the JVM has, but where all is dropped: then only what is added again. */
    private static List<String> capabilities(Security wanted) {
        String all = dropped(wanted);
        return all.isEmpty() ? List.of() : List.of("--bounding-set=" + all, "--inh-caps=" + all);
    }

    private static String dropped(Security wanted) {
        if (wanted.privileged() || wanted.dropCapabilities().isEmpty()) {
            return "";
        }
        List<String> changes = new ArrayList<>();
        wanted.dropCapabilities().forEach(name -> changes.add("-" + CapabilityNames.plain(name)));
        wanted.addCapabilities().stream()
                .filter(name -> !CapabilityNames.plain(name).equals(CapabilityNames.ALL))
                .forEach(name -> changes.add("+" + CapabilityNames.plain(name)));
        return String.join(",", changes);
    }
}
