package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With which words a container's own command is begun, and those beside it: as its user, among its files, in its directory. Immutable.
 *
 * @param directory the container's own
 */
record ContainerCommands(Path directory, ProcessContainer.Stored stored, ProcessMachine machine) {
    static final String MARK = "ORCHESTRATOR_CONTAINER";

    private static final String RUNTIME_DEFAULT = "RuntimeDefault";
    private static final String NO_FILTER =
            "this machine does not let the process runtime hold a container to the seccomp profile RuntimeDefault";

    private ContainerSpec spec() {
        return stored.spec();
    }

    /** The variables its commands see. */
    Map<String, String> environment(Map<String, String> surroundings) {
        Map<String, String> all = new LinkedHashMap<>(surroundings);
        Long user = spec().security().runAsUser();
        if (user != null) {
            all.put("HOME", MachineUser.of(user).home());
        }
        all.putAll(spec().env());
        all.put(MARK, directory.toString());
        return all;
    }

    /** Where its commands begin. Fails where there is no such place. */
    Path workingDirectory() {
        if (spec().workingDir().isEmpty() || !spec().mounts().isEmpty()) {
            return directory.resolve("work");
        }
        Path wanted = Path.of(spec().workingDir());
        if (!Files.isDirectory(wanted)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.CANNOT_START,
                    "working directory " + wanted + " does not exist on this machine");
        }
        return wanted;
    }

    /** Whether its processes see other files than the machine's. */
    private boolean isApart() {
        return !spec().mounts().isEmpty() || !stored.files().isEmpty();
    }

    /**
     * The file that a command is; fails where there is none. Empty where nobody knows before its volumes are there.
     *
     * @param variables that the command sees
     */
    Optional<Path> programOf(List<String> command, Map<String, String> variables) {
        String program = command.get(0);
        if (!spec().mounts().isEmpty() && program.contains("/")) {
            return Optional.empty();
        }
        return Optional.of(new Programs(variables.getOrDefault("PATH", "")).find(program, workingDirectory()));
    }

    UserCommand asItsUser(List<String> command, boolean terminal, Map<String, String> variables) {
        List<String> options = restraint();
        List<String> restraint = options.isEmpty()
                ? List.of()
                : machine.holder().get().orElseThrow().within(options);
        return UserCommand.of(machine.privileges(), spec().security(), restraint, command, terminal, variables, MARK);
    }

    /** Options of a holder that keep the command from system calls. */
    private List<String> restraint() {
        Security security = spec().security();
        if (security.privileged() || !security.seccompProfile().equals(RUNTIME_DEFAULT)) {
            return List.of();
        }
        String filter = machine.holder()
                .get()
                .flatMap(ContainerHolder::calls)
                .orElseThrow(() -> new RuntimeFailure(RuntimeFailure.Kind.UNSUPPORTED, NO_FILTER))
                .filter(security.addCapabilities());
        return security.allowPrivilegeEscalation() ? List.of("-s", filter) : List.of("-p", "-s", filter);
    }

    /** Fails for what a container cannot be kept from here. */
    static void check(Security wanted, ProcessMachine machine) {
        String profile = wanted.seccompProfile();
        if (wanted.privileged() || profile.isEmpty() || profile.equals("Unconfined")) {
            return;
        }
        if (!profile.equals(RUNTIME_DEFAULT)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.UNSUPPORTED,
                    "the process runtime knows the seccomp profiles RuntimeDefault and Unconfined, and none of a file");
        }
        boolean able = machine.privileges().root()
                || !wanted.allowPrivilegeEscalation()
                || machine.mounts().get().filter(ProcessMounts::inUserNamespace).isPresent();
        if (!able || machine.holder().get().flatMap(ContainerHolder::calls).isEmpty()) {
            throw new RuntimeFailure(RuntimeFailure.Kind.UNSUPPORTED, NO_FILTER);
        }
    }

    /**
     * The words of the process that leads its session, down to its own command.
     *
     * @param program the file that the command is, where that is known
     * @param input whether it reads from whoever attaches
     * @param hostname what it takes for the machine's name
     */
    List<String> beginning(UserCommand command, Optional<Path> program, boolean input, String hostname)
            throws IOException {
        if (!input && spec().mounts().isEmpty() && machine.holder().get().isPresent()) {
            Optional<Path> first = fileOf(command, program);
            if (first.isPresent()) {
                List<String> surroundings = new ArrayList<>(ProcessLimits.options(directory));
                if (isApart()) {
                    surroundings.addAll(
                            mounting().showing(stored.files(), hostname, isReadOnly(), directory, workingDirectory()));
                }
                surroundings.addAll(restraint());
                return machine.holder()
                        .get()
                        .get()
                        .holding(directory, surroundings, first.get(), command.unrestrainedWords());
            }
        }
        return ContainerShell.words(directory, mounted(command, hostname));
    }

    /** What the kernel can run of it without a shell that looks for it. */
    private static Optional<Path> fileOf(UserCommand command, Optional<Path> program) {
        String first = command.unrestrainedWords().get(0);
        Optional<Path> file = command.isPlain() ? program : Optional.of(Path.of(first));
        return file.filter(Path::isAbsolute).filter(ContainerHolder::canRun);
    }

    private boolean isReadOnly() {
        return spec().security().readOnlyRootFilesystem();
    }

    private MountedCommand mounted(UserCommand command, String hostname) throws IOException {
        if (!spec().mounts().isEmpty()) {
            List<ContainerSpec.Mount> all = new ArrayList<>(stored.files());
            all.addAll(spec().mounts());
            // what is mounted below another comes after it, in whatever order they are named
            all.sort(Comparator.comparingInt(
                    mount -> Path.of(mount.containerPath()).normalize().getNameCount()));
            return mounting().around(all, spec().workingDir(), command, hostname, isReadOnly());
        }
        return isApart()
                ? mounting().over(stored.files(), command, hostname, isReadOnly(), directory, workingDirectory())
                : MountedCommand.plain(session(), command);
    }

    private List<String> session() {
        return machine.holder()
                .get()
                .map(held -> held.becoming(List.of(), "/bin/sh"))
                .orElseGet(Programs::ownSession);
    }

    /**
     * The words of a command beside its own, which sees what that sees.
     *
     * @param leader of its session, in whose namespaces it is; empty where they are not made yet
     */
    List<String> beside(UserCommand command, Optional<Long> leader) {
        if (!isApart()) {
            return command.words();
        }
        long joined = leader.orElseThrow(() -> new RuntimeFailure(
                RuntimeFailure.Kind.INVALID, "the volumes of container " + spec().id() + " are not mounted yet"));
        return spec().mounts().isEmpty()
                ? mounting().beside(joined, workingDirectory().toString(), command)
                : mounting().beside(joined, directory, spec().workingDir(), command);
    }

    private ProcessMounts mounting() {
        return machine.mounts()
                .get()
                .orElseThrow(() -> new RuntimeFailure(
                        RuntimeFailure.Kind.UNSUPPORTED,
                        "this machine does not let the process runtime mount volumes into a container"));
    }
}
