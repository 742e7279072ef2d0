package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.runtime.LoopbackAddresses;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a pod says or brings is obeyed by a program that runs before its user is set. */
@EnabledOnOs(OS.LINUX)
class ProcessUserTest extends RuntimeFixture {
    private static final long USER = 4711;
    private static final Set<PosixFilePermission> ALL_READ = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final String MISSING = "/nowhere/orchestrator.so";

    @TempDir
    Path directory;

    @TempDir
    Path volume;

    /** Where others may read. */
    private Path shared;

    private final SystemEnvironment environment = new SystemEnvironment("process-user-test");
    private final LoopbackAddresses addresses =
            new LoopbackAddresses((int) ProcessHandle.current().pid());

    @Override
    protected RuntimeProvider open() {
        return ProcessRuntime.builder(environment.environment(), directory, addresses)
                .build();
    }

    @Override
    protected RuntimePrograms programs() {
        return RuntimePrograms.shell("any:1");
    }

    @BeforeEach
    void needsUsers() throws IOException {
        shared = Files.createTempDirectory("orchestrator-user");
        Files.setPosixFilePermissions(shared, ALL_READ);
        assumeTrue(can(Ability.USERS), "this machine lets us run nobody else's processes");
    }

    @Override
    protected void assertNothingLeft() throws IOException {
        environment.close();
        remove(shared);
    }

    @Test
    void onlyTheUsersOwnProgramsGetTheVariables() throws Exception {
        ContainerSpec spec = start(
                with(List.of("/bin/sleep", "1000"), Map.of("LD_PRELOAD", MISSING, "odd.name", "x"), List.of(), false));

        assertOnlyItselfIsToldOfTheLibrary(spec);
    }

    @Test
    void onlyTheUsersOwnProgramsGetTheVariablesBesideVolumes() throws Exception {
        assumeAble(Ability.MOUNTS);
        ContainerSpec spec = start(with(
                List.of("/bin/sleep", "1000"),
                Map.of("LD_PRELOAD", MISSING),
                List.of(new Mount(volume.toString(), "/orchestrator-volume", false)),
                false));

        assertOnlyItselfIsToldOfTheLibrary(spec);
    }

    private void assertOnlyItselfIsToldOfTheLibrary(ContainerSpec spec) throws Exception {
        eventually("it complains", () -> logOf(spec).contains(MISSING));
        assertThat(logOf(spec).lines().filter(line -> line.contains(MISSING))).hasSize(1);
        assertThat(rootsVariables()).isNotEmpty().noneMatch(all -> all.contains("LD_PRELOAD="));
        try (ExecSession session = await(runtime.exec(spec.id(), ExecSpec.of("/bin/true")))) {
            String said = text(session.stderr().readAllBytes());
            assertThat(said.lines().filter(line -> line.contains(MISSING))).hasSize(1);
        }
    }

    /** Of every process of a container that root runs. */
    private List<String> rootsVariables() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().user().orElse("").equals("root"))
                .map(process -> environmentOf(process.pid()))
                .filter(all -> all.contains("ORCHESTRATOR_CONTAINER=" + directory))
                .toList();
    }

    private static String environmentOf(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void whateverTheVariablesHoldArrivesAsItIs() {
        String odd = "a 'b' \"c\" $HOME `id`\n\\ end";
        ContainerSpec spec = start(with(
                List.of("/bin/sh", "-c", "printf '%s|' \"$ODD\" \"$ORCHESTRATOR_ENV_0\" \"$EMPTY\" \"$IFS\"; env"),
                Map.of("ODD", odd, "ORCHESTRATOR_ENV_0", "mine", "EMPTY", ""),
                List.of(),
                false));
        awaitExit(spec.id());

        assertThat(logOf(spec)).startsWith(odd + "|mine||").doesNotContain("ORCHESTRATOR_ENV_1");
    }

    @Test
    void aFunctionForAShellIsRefused() {
        RuntimeFailure failure = failureOf(runtime.createContainer(
                with(List.of("/bin/true"), Map.of("BASH_FUNC_echo%%", "() { id; }"), List.of(), false)));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.CANNOT_START);
        assertThat(failure).hasMessageContaining("BASH_FUNC_echo%%");
    }

    @Test
    void theShellThatAPodNamesRunsNothingOfRootsInATerminal() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "this machine gives no terminals");
        Path shell = script("shell", "echo shell of $(id -u); exec /bin/sh \"$@\"");
        ContainerSpec spec = start(with(
                List.of(
                        "/bin/sh",
                        "-c",
                        "test -t 1 && echo terminal of $(stat -c %u $(tty)) for $(id -u) $SHELL; sleep 1000"),
                Map.of("SHELL", shell.toString()),
                List.of(),
                true));
        // A terminal hands a line and its end over one after the other.
        eventually("it has said all", () -> logOf(spec).endsWith("\r\n"));

        assertThat(logOf(spec)).isEqualTo("terminal of 4711 for 4711 " + shell + "\r\n");
        try (ExecSession session =
                await(runtime.exec(spec.id(), new ExecSpec(List.of("/usr/bin/id", "-u"), false, true)))) {
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("4711\r\n");
        }
    }

    @Test
    void programsOfAVolumeAreNotRunAsRoot() throws Exception {
        assumeAble(Ability.MOUNTS);
        Path shell = Path.of("/bin/sh").toRealPath();
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.exists(bash) && !bash.toRealPath().equals(shell), "bash is not another shell here");
        Path own = script("sh", "echo shell of $(id -u) >&2; exec /bin/bash --posix \"$@\"");
        ContainerSpec spec = start(with(
                List.of("/bin/sleep", "1000"), Map.of(), List.of(new Mount(own.toString(), "/bin/sh", true)), false));
        eventually("it runs its shells", () -> logOf(spec).contains("shell of"));

        assertThat(logOf(spec).lines()).isNotEmpty().allMatch(("shell of " + USER)::equals);
        try (ExecSession session = await(runtime.exec(spec.id(), ExecSpec.of("/bin/true")))) {
            assertThat(text(session.stderr().readAllBytes()).lines())
                    .isNotEmpty()
                    .allMatch(("shell of " + USER)::equals);
        }
    }

    @Test
    void aMountThatASymbolicLinkOfAVolumeLeadsElsewhereIsRefused() throws Exception {
        assumeAble(Ability.MOUNTS);
        Files.createSymbolicLink(shared.resolve("link"), Path.of("/etc"));
        ContainerSpec spec = start(with(
                List.of("/bin/cat", "/etc/orchestrator-none"),
                Map.of(),
                List.of(
                        new Mount(shared.toString(), "/orchestrator-volume", false),
                        new Mount(volume.toString(), "/orchestrator-volume/link/orchestrator-none", false)),
                false));

        assertThat(awaitExit(spec.id()).exitCode()).isEqualTo(128);
        assertThat(logOf(spec)).contains("symbolic link of a volume");
    }

    @Test
    void aUserBesideVolumesHasItsFolderAndNoCapability() throws Exception {
        assumeAble(Ability.MOUNTS);
        String says = "id -u; id -G; pwd > own; cat own; grep -E 'Cap|NoNew' /proc/self/status; sleep 1000";
        ContainerSpec spec = start(with(
                List.of("/bin/sh", "-c", says),
                Map.of(),
                List.of(new Mount(volume.toString(), "/orchestrator-volume", false)),
                false));
        eventually("it has said all", () -> logOf(spec).contains("NoNew"));

        assertThat(logOf(spec))
                .startsWith("4711\n4712 4713\n")
                .contains("/work\n")
                .contains("CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\n")
                .contains("CapInh:\t0000000000000000\n")
                .contains("NoNewPrivs:\t1\n");
        try (ExecSession session = await(runtime.exec(
                spec.id(),
                ExecSpec.of("/bin/sh", "-c", "cat own; ls -d /orchestrator-volume; grep CapAmb /proc/self/status")))) {
            assertThat(text(session.stdout().readAllBytes()))
                    .endsWith("/work\n/orchestrator-volume\nCapAmb:\t0000000000000000\n");
        }
    }

    @Test
    void aFolderInWhichAMountPointIsMadeStaysAsOpenAsItIs() throws Exception {
        assumeAble(Ability.MOUNTS);
        ContainerSpec spec = start(with(
                List.of("/bin/sh", "-c", "stat -c '%a %u %g' /tmp /root; echo mine > /tmp/own && cat /tmp/own"),
                Map.of(),
                List.of(
                        new Mount(volume.toString(), "/tmp/orchestrator-none/cache", false),
                        new Mount(volume.toString(), "/root/orchestrator-none", false)),
                false));
        awaitExit(spec.id());

        assertThat(logOf(spec)).isEqualTo(standing("/tmp") + standing("/root") + "mine\n");
    }

    @Test
    void whatGoesFromAFolderWhileItIsCopiedIsMissedByNobody() throws Exception {
        assumeAble(Ability.MOUNTS);
        AtomicBoolean enough = new AtomicBoolean();
        Thread others = new Thread(() -> {
            while (!enough.get()) {
                comeAndGo();
            }
        });
        others.start();
        try {
            for (int i = 0; i < 5; i++) {
                ContainerSpec spec = start(with(
                        List.of("/bin/true"),
                        Map.of(),
                        List.of(new Mount(volume.toString(), "/tmp/orchestrator-none/cache", false)),
                        false));
                assertThat(awaitExit(spec.id()).exitCode()).isZero();
                assertThat(logOf(spec)).isEmpty();
            }
        } finally {
            enough.set(true);
            others.join();
        }
    }

    private static void comeAndGo() {
        try {
            List<Path> made = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                made.add(Files.createTempDirectory("comes-and-goes"));
                made.add(Files.createTempFile("comes-and-goes", ""));
            }
            for (Path each : made) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String standing(String path) throws IOException {
        Path file = Path.of(path);
        int mode = (int) Files.getAttribute(file, "unix:mode") & 0xFFF;
        return "%o %s %s\n".formatted(mode, Files.getAttribute(file, "unix:uid"), Files.getAttribute(file, "unix:gid"));
    }

    @Test
    void whatIsWrittenDownOfAContainerIsForNobodyElse() throws Exception {
        ContainerSpec spec = start(with(List.of("/bin/sleep", "1000"), Map.of("SECRET", "x"), List.of(), false));
        try (Stream<Path> files = Files.walk(directory)) {
            Path folder =
                    files.filter(path -> path.endsWith(spec.id())).findFirst().orElseThrow();
            assertThat(permissions(folder.resolve("container.json"))).isEqualTo("rw-------");
            assertThat(permissions(folder.resolve("log"))).isEqualTo("rw-------");
            assertThat(permissions(folder)).isEqualTo("rwx--x--x");
            assertThat(permissions(folder.getParent())).isEqualTo("rwx--x--x");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aCapabilityThatIsNoneIsRefused() {
        ContainerSpec spec = with(List.of("/bin/true"), Map.of(), List.of(), false);
        for (List<String> dropped : List.of(List.of("ALL", "NET_RAW,+all"), List.of("NET_ROW"))) {
            RuntimeFailure failure = failureOf(runtime.createContainer(with(
                    spec,
                    List.of(),
                    new Security(USER, null, List.of(), false, false, false, List.of(), dropped, ""),
                    false)));

            assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.CANNOT_START);
            assertThat(failure).hasMessageContaining(dropped.get(dropped.size() - 1));
        }
    }

    private Path script(String name, String body) throws IOException {
        Path file = Files.writeString(shared.resolve(name), "#!/bin/bash\n" + body + "\n");
        return Files.setPosixFilePermissions(file, ALL_READ);
    }

    private ContainerSpec with(List<String> command, Map<String, String> env, List<Mount> mounts, boolean terminal) {
        PodIdentity pod = pod("user");
        await(runtime.createSandbox(sandbox(pod, 0)));
        return with(
                container(pod, "main", 0, command, List.of(), env, ""),
                mounts,
                new Security(USER, 4712L, List.of(4712L, 4713L), false, false, false, List.of(), List.of("ALL"), ""),
                terminal);
    }

    private static ContainerSpec with(ContainerSpec spec, List<Mount> mounts, Security security, boolean terminal) {
        return new ContainerSpec(
                spec.id(),
                spec.sandboxId(),
                spec.targetId(),
                spec.pod(),
                spec.name(),
                spec.attempt(),
                spec.image(),
                spec.imageId(),
                spec.command(),
                spec.args(),
                spec.env(),
                spec.workingDir(),
                mounts,
                spec.resources(),
                security,
                terminal,
                spec.stdin(),
                spec.stdinOnce(),
                spec.stopSignal(),
                spec.labels(),
                spec.annotations());
    }

    private String logOf(ContainerSpec spec) {
        return logOf(spec, LogQuery.all());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
