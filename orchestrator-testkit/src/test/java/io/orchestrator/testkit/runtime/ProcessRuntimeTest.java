package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.runtime.LoopbackAddresses;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessRuntimeTest extends ContainerRuntimeContract {
    @TempDir
    Path directory;

    private final SystemEnvironment environment = new SystemEnvironment("process-runtime-test");
    private final LoopbackAddresses addresses =
            new LoopbackAddresses((int) ProcessHandle.current().pid());

    @Override
    protected RuntimeProvider open() {
        return ProcessRuntime.builder(environment.environment(), directory, addresses)
                .image("tool", "/bin/echo", "from", "the table")
                .build();
    }

    @Override
    protected RuntimePrograms programs() {
        return new ServingPrograms(RuntimePrograms.shell("any:1"));
    }

    @Override
    protected void assertNothingLeft() throws IOException {
        assertThat(addresses.size()).isZero();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(marked()).isEmpty();
        environment.close();
    }

    @Test
    void aContainerWithoutCommandIsRefusedInWords() {
        PodIdentity pod = pod("bare");
        await(runtime.createSandbox(sandbox(pod, 0)));

        RuntimeFailure failure = failureOf(runtime.createContainer(container(pod, "main", List.of())));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.CANNOT_START);
        assertThat(failure).hasMessageContaining("any:1").hasMessageContaining("command");
    }

    @Test
    void theHostsTableGivesAnImageItsProgram() {
        PodIdentity pod = pod("table");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec plain = start(withImage(container(pod, "plain", List.of()), "tool:7"));
        ContainerSpec args =
                start(withImage(container(pod, "args", 0, List.of(), List.of("its own"), Map.of(), ""), "tool:7"));
        awaitExit(plain.id());
        awaitExit(args.id());

        assertThat(logOf(plain, LogQuery.all())).isEqualTo("from the table\n");
        assertThat(logOf(args, LogQuery.all())).isEqualTo("its own\n");
    }

    @Test
    void whatTheCommandLeavesBehindEndsWithIt() throws IOException {
        ContainerSpec spec = run("leaver", List.of("/bin/sh", "-c", "setsid sleep 1000 & sleep 1000 & exit 0"));
        awaitExit(spec.id());

        eventually("no process is left", () -> marked().isEmpty());
    }

    @Test
    void removalEndsProcessesThatLeftTheSession() {
        ContainerSpec spec = run("escaper", List.of("/bin/sh", "-c", "setsid sleep 1000 & sleep 1000"));
        eventually("both run", () -> marked().size() >= 3);

        await(runtime.removeContainer(spec.id()));

        eventually("no process is left", () -> marked().isEmpty());
    }

    @Test
    void aShellKilledFromOutsideIsFoundEnded() {
        ContainerSpec spec = run("shot", programs.runsForever());
        marked().forEach(ProcessHandle::destroyForcibly);

        ContainerState ended = awaitExit(spec.id());

        assertThat(ended.exitCode()).isEqualTo(128 + 9);
        assertThat(ended.message()).contains("without a trace");
    }

    @Test
    void theCodeOfWhatEndedWhileNoRuntimeRanIsKnown() throws Exception {
        ContainerSpec spec = run("unattended", List.of("/bin/sh", "-c", "sleep 1; exit 9"));
        provider.close();
        pass(Duration.ofMillis(1500));
        provider = open();
        runtime = provider.forNode(owner);

        assertThat(find(spec.id()).orElseThrow().exitCode()).isEqualTo(9);
    }

    @Test
    void theVariablesOfThisJvmStayHere() {
        ContainerSpec spec = run("env", List.of("/usr/bin/env"));
        awaitExit(spec.id());

        List<String> names = logOf(spec, LogQuery.all())
                .lines()
                .map(line -> line.split("=", 2)[0])
                .toList();
        assertThat(names).contains("POD_IP", "HOSTNAME", "PATH").doesNotContain("JAVA_HOME", "MAVEN_PROJECTBASEDIR");
    }

    @Test
    void aFollowerSeesLinesAsTheyCome() throws Exception {
        ContainerSpec spec = run("ticking", List.of("/bin/sh", "-c", "echo a; sleep 0.3; echo b; sleep 0.3; echo c"));

        assertThat(logOf(spec, new LogQuery(true, false, null, null, 0))).isEqualTo("a\nb\nc\n");
    }

    @RepeatedTest(20)
    void whatIsTypedRightAfterTheStartIsReadToItsEnd() throws Exception {
        PodIdentity pod = pod("hasty");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = start(withInput(container(pod, "main", programs.copiesStdin())));

        try (ExecSession session = await(runtime.attach(spec.id(), true))) {
            session.stdin().write("at once\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(awaitExit(spec.id()).exitCode()).isZero();
        assertThat(logOf(spec, LogQuery.all())).isEqualTo("at once\n");
    }

    private List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses()
                .filter(process -> environmentOf(process.pid()).contains("ORCHESTRATOR_CONTAINER=" + directory))
                .toList();
    }

    private static String environmentOf(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static ContainerSpec withImage(ContainerSpec spec, String image) {
        return new ContainerSpec(
                spec.id(),
                spec.sandboxId(),
                spec.targetId(),
                spec.pod(),
                spec.name(),
                spec.attempt(),
                image,
                spec.imageId(),
                spec.command(),
                spec.args(),
                spec.env(),
                spec.workingDir(),
                spec.mounts(),
                spec.resources(),
                spec.security(),
                spec.tty(),
                spec.stdin(),
                spec.stdinOnce(),
                spec.stopSignal(),
                spec.labels(),
                spec.annotations());
    }
}
