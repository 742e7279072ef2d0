package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.agent.LinuxMemoryDisk;
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
import io.orchestrator.spi.runtime.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a process may not write, call and be called. What this machine cannot keep from it is refused, which passes here as well. */
@EnabledOnOs(OS.LINUX)
class ProcessConfinementTest extends RuntimeFixture {
    private static final String DEFAULT_PROFILE = "RuntimeDefault";
    private static final String WRITES = "echo own > note && cat note; echo no > /etc/orchestrator-none; echo $?;"
            + " echo yes > /dev/null && echo device";

    @TempDir
    Path directory;

    @TempDir
    Path volume;

    private final SystemEnvironment environment = new SystemEnvironment("process-confinement-test");
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
    void needsMounts() {
        assumeAble(Ability.MOUNTS);
    }

    @Override
    protected void assertNothingLeft() {
        environment.close();
    }

    @Test
    void aReadOnlyRootIsWrittenOnlyWhereItIsTheContainersOwn() {
        ContainerSpec spec = start(with(List.of("/bin/sh", "-c", WRITES), List.of(), readOnly()));
        awaitExit(spec.id());

        assertThat(said(spec)).contains("own\n").contains("Read-only").contains("\ndevice\n");
        assertThat(Path.of("/etc/orchestrator-none")).doesNotExist();
    }

    @Test
    void aReadOnlyRootIsWrittenInItsVolumes() {
        ContainerSpec spec = start(with(
                List.of(
                        "/bin/sh",
                        "-c",
                        WRITES + "; echo kept > '/orchestrator volume/file'; cat '/orchestrator volume/file'"),
                List.of(new Mount(volume.toString(), "/orchestrator volume", false)),
                readOnly()));
        awaitExit(spec.id());

        assertThat(said(spec))
                .contains("own\n")
                .contains("Read-only")
                .contains("\ndevice\n")
                .endsWith("kept\n");
        assertThat(Path.of("/etc/orchestrator-none")).doesNotExist();
    }

    @Test
    void aReadOnlyRootShowsWhatTheMachineHasMountedWithinAVolumeAndIsWrittenThereAsTheMachineIs() throws Exception {
        Path memory = Files.createDirectory(volume.resolve("memory"));
        assumeTrue(LinuxMemoryDisk.ofThisMachine().mount(memory, 1 << 20), "this machine does not let us mount");
        try {
            ContainerSpec spec = start(with(
                    List.of("/bin/sh", "-c", WRITES + "; echo kept > /orchestrator-volume/memory/file"),
                    List.of(new Mount(volume.toString(), "/orchestrator-volume", false)),
                    readOnly()));
            awaitExit(spec.id());

            assertThat(memory.resolve("file")).hasContent("kept");
            assertThat(said(spec)).contains("Read-only");
        } finally {
            LinuxMemoryDisk.ofThisMachine().release(volume);
        }
    }

    @Test
    void aCopyInMemoryOfAReadOnlyRootIsReadOnly() throws Exception {
        Path place = Files.createDirectory(directory.resolve("a folder of the machine"));
        ContainerSpec spec = start(with(
                List.of(
                        "/bin/sh",
                        "-c",
                        "cd '" + place + "'; echo no > file; echo no > /file; echo kept > volume/file"),
                List.of(new Mount(volume.toString(), place.resolve("volume").toString(), false)),
                readOnly()));
        awaitExit(spec.id());

        assertThat(said(spec).lines().filter(line -> line.contains("Read-only")))
                .hasSize(2);
        assertThat(volume.resolve("file")).hasContent("kept");
    }

    @Test
    void aReadOnlyVolumeInAWritableOneStaysReadOnly() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        ContainerSpec spec = start(with(
                List.of(
                        "/bin/sh",
                        "-c",
                        "echo x > /orchestrator-a/file && echo kept; echo no > /orchestrator-a/b/file"),
                List.of(
                        new Mount(inner.toString(), "/orchestrator-a/b", true),
                        new Mount(volume.toString(), "/orchestrator-a", false)),
                readOnly()));
        awaitExit(spec.id());

        assertThat(said(spec)).startsWith("kept\n").contains("Read-only");
        assertThat(inner).isEmptyDirectory();
    }

    @Test
    void aVolumeWithinAnotherDoesNotKeepFromItWhatIsWrittenBeside() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path place = Files.createDirectory(directory.resolve("a folder of the machine"));
        ContainerSpec spec = start(with(
                List.of("/bin/sh", "-c", "cd '" + place + "'; echo outer > file; echo inner > b/c/file"),
                List.of(
                        new Mount(volume.toString(), place.toString(), false),
                        new Mount(inner.toString(), place.resolve("b/c").toString(), false)),
                filtered("Unconfined")));
        awaitExit(spec.id());

        assertThat(volume.resolve("file")).hasContent("outer");
        assertThat(inner.resolve("file")).hasContent("inner");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aReadOnlyRootWithAnInputIsReadOnly() {
        ContainerSpec spec = start(withInput(with(List.of("/bin/sh", "-c", WRITES), List.of(), readOnly())));
        awaitExit(spec.id());

        assertThat(said(spec)).contains("own\n").contains("Read-only").contains("\ndevice\n");
    }

    @Test
    void theDefaultProfileKeepsAProcessFromNamespacesAndTheMachinesName() throws Exception {
        List<String> calls = List.of(
                "/bin/sh", "-c", "unshare --mount true; echo $?; hostname other; echo $?; hostname; sleep 1000");
        ContainerSpec spec = start(with(calls, List.of(), filtered(DEFAULT_PROFILE)));
        eventually("it has said all", () -> said(spec).endsWith("\nconfined\n"));

        assertThat(said(spec)).contains("not permitted").doesNotContain("\n0\n");
        try (ExecSession session =
                await(runtime.exec(spec.id(), ExecSpec.of("sh", "-c", "unshare --mount true || echo refused")))) {
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("refused\n");
        }
    }

    @Test
    void theDefaultProfileHoldsBesideVolumes() {
        ContainerSpec spec = start(with(
                List.of("/bin/sh", "-c", "ls -d /orchestrator-volume; umount /orchestrator-volume || echo refused"),
                List.of(new Mount(volume.toString(), "/orchestrator-volume", false)),
                filtered(DEFAULT_PROFILE)));
        awaitExit(spec.id());

        assertThat(said(spec)).startsWith("/orchestrator-volume\n").endsWith("refused\n");
    }

    @Test
    void withoutAProfileNothingIsFiltered() {
        ContainerSpec spec = start(
                with(List.of("/bin/sh", "-c", "grep Seccomp: /proc/self/status"), List.of(), filtered("Unconfined")));
        awaitExit(spec.id());

        assertThat(said(spec)).isEqualTo("Seccomp:\t0\n");
    }

    @Test
    void aProfileOfAFileIsRefused() {
        RuntimeFailure failure =
                failureOf(runtime.createContainer(with(List.of("/bin/true"), List.of(), filtered("{}"))));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("seccomp");
    }

    @Test
    void aPodHasItsOwnNameAlsoForCommandsBesideIt() throws Exception {
        ContainerSpec spec = start(with(List.of("/bin/sleep", "1000"), List.of(), Security.defaults()));

        try (ExecSession session = await(runtime.exec(spec.id(), ExecSpec.of("uname", "-n")))) {
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("confined\n");
        }
    }

    @Test
    void kernelSettingsAreRefused() {
        SandboxSpec plain = sandbox(pod("settings"), 0);
        RuntimeFailure failure = failureOf(runtime.createSandbox(new SandboxSpec(
                plain.id(),
                plain.attempt(),
                plain.pod(),
                plain.hostname(),
                plain.domain(),
                plain.dns(),
                plain.hosts(),
                plain.portMappings(),
                plain.namespaces(),
                plain.cgroupParent(),
                Map.of("net.ipv4.ip_unprivileged_port_start", "0"),
                plain.labels(),
                plain.annotations())));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("ip_unprivileged_port_start");
    }

    @Test
    void theMachinesOwnProgramsBeginContainersAsWell() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        LoopbackAddresses own = LoopbackAddresses.within("127.66.0.0/24");
        try (RuntimeProvider bare = ProcessRuntime.builder(environment.environment(), other, own)
                .onlyProgramsOfTheMachine()
                .build()) {
            runtime.close();
            runtime = bare.forNode(owner);
            ContainerSpec spec = start(with(
                    List.of("/bin/sh", "-c", "grep -c confined /etc/hosts; exit 3"), List.of(), Security.defaults()));

            assertThat(awaitExit(spec.id()).exitCode()).isEqualTo(3);
            assertThat(said(spec)).isEqualTo("1\n");
            RuntimeFailure failure =
                    failureOf(runtime.createContainer(with(List.of("/bin/true"), List.of(), readOnly())));
            assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.UNSUPPORTED);
            for (var sandbox : await(runtime.list()).sandboxes()) {
                await(runtime.removeSandbox(sandbox.id()));
            }
        }
    }

    private String said(ContainerSpec spec) {
        return logOf(spec, LogQuery.all());
    }

    private static Security readOnly() {
        return new Security(null, null, List.of(), false, true, true, List.of(), List.of(), "");
    }

    private static Security filtered(String profile) {
        return new Security(null, null, List.of(), false, false, true, List.of(), List.of(), profile);
    }

    private ContainerSpec with(List<String> command, List<Mount> mounts, Security security) {
        PodIdentity pod = pod("confined");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = container(pod, "main", command);
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
                spec.tty(),
                spec.stdin(),
                spec.stdinOnce(),
                spec.stopSignal(),
                spec.labels(),
                spec.annotations());
    }
}
