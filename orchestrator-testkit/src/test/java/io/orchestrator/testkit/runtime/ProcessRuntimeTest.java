package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.env.MountPoint;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.runtime.LoopbackAddresses;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ProcessRuntimeTest extends ContainerRuntimeContract {
    private static final int PORT = 8085;

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
    void aContainerThatNeedsMoreMemoryThanItMayIsEndedAndItsGroupGoesWithIt() throws IOException {
        assumeTrue(can(Ability.RESOURCE_LIMITS), "this machine lets us make no control groups");
        PodIdentity pod = pod("greedy");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec =
                start(container(pod, "main", List.of("/bin/sh", "-c", "x=$(head -c 200000000 /dev/zero | tr '\\0' x)"))
                        .withResources(new Resources(2, 500, 32L << 20, 0)));

        ContainerState ended = awaitExit(spec.id());

        assertThat(ended.outOfMemory()).isTrue();
        assertThat(ended.exitCode()).isNotZero();
        await(runtime.removeContainer(spec.id()));
        eventually("its groups are gone", () -> groupsOf(spec).isEmpty());
    }

    private static List<Path> groupsOf(ContainerSpec spec) {
        GroupsOf found = new GroupsOf(spec.id());
        try {
            Files.walkFileTree(Path.of("/sys/fs/cgroup"), Set.of(), 6, found);
        } catch (IOException e) {
            throw new AssertionError("the control groups cannot be listed", e);
        }
        return found.all;
    }

    /** Others on this machine make and remove groups meanwhile: what has gone before it was looked into is passed by. */
    private static final class GroupsOf extends SimpleFileVisitor<Path> {
        private final String name;
        private final List<Path> all = new ArrayList<>();

        GroupsOf(String name) {
            this.name = name;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return visitFile(directory, attributes);
        }

        /** Also a directory that is as deep as is looked. */
        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (path.endsWith(name)) {
                all.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            return unlessItIsThere(path, failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : unlessItIsThere(directory, failure);
        }

        private static FileVisitResult unlessItIsThere(Path path, IOException failure) throws IOException {
            if (Files.exists(path)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }

    @Test
    void filesOfAContainerAreNotForOthersToWrite() {
        ContainerSpec spec = run("masked", List.of("/bin/sh", "-c", "umask"));
        awaitExit(spec.id());
        assertThat(logOf(spec, LogQuery.all())).isEqualTo("0022\n");
    }

    @Test
    void aContainerAndCommandsBesideItRunAsTheUserThatItNames() throws Exception {
        assumeTrue(can(Ability.USERS), "this machine lets us run nobody else's processes");
        PodIdentity pod = pod("user");
        await(runtime.createSandbox(sandbox(pod, 0)));
        String says = "id -u; id -g; id -G; echo $HOME; grep NoNewPrivs /proc/self/status; echo also >> /dev/stdout;"
                + " echo mine > own; cat own; echo none > /etc/orchestrator-none || echo refused; sleep 1000";
        ContainerSpec spec = start(withSecurity(
                container(pod, "main", List.of("/bin/sh", "-c", says)),
                new Security(4711L, 4712L, List.of(4713L), false, false, false, List.of(), List.of("ALL"), "")));

        eventually("it has said all", () -> logOf(spec, LogQuery.all()).contains("refused"));
        assertThat(logOf(spec, LogQuery.all())).startsWith("4711\n4712\n4712 4713\n/\nNoNewPrivs:\t1\nalso\nmine\n");
        try (ExecSession session = await(runtime.exec(spec.id(), ExecSpec.of("id", "-u")))) {
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("4711\n");
        }
        await(runtime.stopContainer(spec.id(), Duration.ofSeconds(10)));
        assertThat(find(spec.id()).orElseThrow().exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void whoIsRootWithoutCapabilitiesHasNoneButThoseThatItIsGiven() {
        assumeTrue(can(Ability.USERS), "this machine lets us take no capabilities away");
        PodIdentity pod = pod("capabilities");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = start(withSecurity(
                container(pod, "main", List.of("/bin/grep", "-E", "Cap(Eff|Bnd)", "/proc/self/status")),
                new Security(
                        null, null, List.of(), false, false, true, List.of("NET_BIND_SERVICE"), List.of("ALL"), "")));
        awaitExit(spec.id());

        assertThat(logOf(spec, LogQuery.all())).isEqualTo("CapEff:\t0000000000000400\nCapBnd:\t0000000000000400\n");
    }

    @Test
    void aContainerWithVolumesWhoseVariablesMakeProgramsComplainIsBegunNevertheless() {
        assumeAble(Ability.MOUNTS);
        PodIdentity pod = pod("complaining");
        await(runtime.createSandbox(sandbox(pod, 0)));
        Map<String, String> variables = Map.of("LD_PRELOAD", "/nowhere/orchestrator.so");
        ContainerSpec plain =
                container(pod, "main", 0, List.of("/bin/sh", "-c", "echo begun; sleep 1000"), List.of(), variables, "");
        ContainerSpec spec = start(withMounts(
                plain, List.of(new ContainerSpec.Mount(directory.toString(), "/orchestrator-volume", true))));

        eventually("it has begun", () -> logOf(spec, LogQuery.all()).contains("begun\n"));
        assertThat(find(spec.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.RUNNING);
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

    /** A process that is killed gives its memory back before its ports, which takes longer the more it has. */
    @Test
    void thePortsOfAContainerAreFreeWhenItsRemovalIsAnswered() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "nobody serves on this machine");
        String serves = "use IO::Socket::INET; my $much = 'x' x (64 << 20); my $s = IO::Socket::INET->new(LocalAddr =>"
                + " $ENV{POD_IP}, LocalPort => " + PORT
                + ", Listen => 5) or die $!; $| = 1; print qq(serves\n); sleep 1000";
        for (int i = 0; i < 5; i++) {
            ContainerSpec spec = run("server-" + i, List.of("/usr/bin/perl", "-e", serves));
            eventually("it serves", () -> logOf(spec, LogQuery.all()).equals("serves\n"));
            String address =
                    await(runtime.list()).sandboxes().get(i).addresses().get(0);

            await(runtime.removeContainer(spec.id()));

            try (ServerSocket next = new ServerSocket(PORT, 5, InetAddress.getByName(address))) {
                assertThat(next.isBound()).isTrue();
            }
        }
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
        eventually("it has ended", () -> marked().isEmpty());
        provider = open();
        runtime = provider.forNode(owner);

        assertThat(find(spec.id()).orElseThrow().exitCode()).isEqualTo(9);
    }

    @Test
    void aContainerWhoseStartHangsHoldsUpNoListingAndIsRemoved() throws Exception {
        PodIdentity pod = pod("stuck");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = container(pod, "main", programs.runsForever());
        await(runtime.createContainer(spec));
        // what is written into it waits for somebody who reads
        Path group = directory.resolve("group");
        assertThat(new ProcessBuilder("mkfifo", group.toString()).start().waitFor())
                .isZero();
        Files.writeString(folderOf(spec).resolve("entrances"), group + "\n");

        CompletionStage<Void> start = runtime.startContainer(spec.id());
        eventually("its shell is there", () -> !marked().isEmpty());

        assertThat(find(spec.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.CREATED);
        await(runtime.removeContainer(spec.id()));
        assertThat(failureOf(start)).hasMessageContaining("did not start");
        Files.delete(group);
    }

    private Path folderOf(ContainerSpec spec) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> path.endsWith(spec.id())).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "-1", "0", "1", "99999999999999999999"})
    void aContainerWhoseFirstProcessIsNotKnownHasEndedAndIsRemoved(String noted) throws IOException {
        PodIdentity pod = pod("unknown");
        await(runtime.createSandbox(sandbox(pod, 0)));
        ContainerSpec spec = container(pod, "main", programs.runsForever());
        await(runtime.createContainer(spec));
        Files.writeString(folderOf(spec).resolve("pid"), noted + "\n");

        assertThat(awaitExit(spec.id()).message()).contains("without a trace");
        await(runtime.stopContainer(spec.id(), Duration.ofSeconds(10)));
        await(runtime.removeContainer(spec.id()));
        assertThat(find(spec.id())).isEmpty();
    }

    @Test
    void whatAContainerMountsIsNotSeenByTheMachine() throws Exception {
        assumeAble(Ability.MOUNTS);
        assumeTrue(can(Ability.USERS), "only root mounts what others see");
        Path shared = Files.createDirectories(directory.resolve("shared"));
        Path inner = Files.createDirectories(shared.resolve("inner"));
        run("mount", "--bind", shared.toString(), shared.toString());
        try {
            run("mount", "--make-shared", shared.toString());
            List<MountPoint> before = MountPoint.below(directory);
            PodIdentity pod = pod("mounting");
            await(runtime.createSandbox(sandbox(pod, 0)));
            String mounts = "mount -t tmpfs orchestrator " + inner + " && echo mounted; exec sleep 1000";
            ContainerSpec plain = start(container(pod, "plain", List.of("/bin/sh", "-c", mounts)));
            ContainerSpec apart = start(withMounts(
                    container(pod, "apart", List.of("/bin/sh", "-c", mounts)),
                    List.of(new ContainerSpec.Mount(directory.toString(), "/orchestrator-volume", false))));
            for (ContainerSpec spec : List.of(plain, apart)) {
                eventually("it has mounted", () -> logOf(spec, LogQuery.all()).contains("mounted\n"));
            }

            assertThat(before).hasSize(1);
            assertThat(MountPoint.below(directory)).isEqualTo(before);
            await(runtime.removeSandbox(plain.sandboxId()));
            assertThat(MountPoint.below(directory)).isEqualTo(before);
        } finally {
            run("umount", "-l", shared.toString());
        }
        Files.delete(inner);
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
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
        return with(spec, image, spec.mounts(), spec.security());
    }

    private static ContainerSpec withSecurity(ContainerSpec spec, Security security) {
        return with(spec, spec.image(), spec.mounts(), security);
    }

    private static ContainerSpec withMounts(ContainerSpec spec, List<ContainerSpec.Mount> mounts) {
        return with(spec, spec.image(), mounts, spec.security());
    }

    private static ContainerSpec with(
            ContainerSpec spec, String image, List<ContainerSpec.Mount> mounts, Security security) {
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
