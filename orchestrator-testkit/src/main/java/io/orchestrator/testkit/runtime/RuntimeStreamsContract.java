package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The streams of a container: its log and the commands run in it. */
public abstract class RuntimeStreamsContract extends RuntimeFixture {

    @Test
    void theLogHasEveryLineInOrder() throws Exception {
        ContainerSpec spec = run("lines", programs.prints(List.of("one", "two", "three")));
        awaitExit(spec.id());

        eventually("the log is complete", () -> logOf(spec, LogQuery.all()).equals("one\ntwo\nthree\n"));
    }

    @Test
    void theLogHasStandardErrorToo() {
        ContainerSpec spec = run("stderr", programs.printsOnStderr("trouble"));
        awaitExit(spec.id());

        eventually("the log is complete", () -> logOf(spec, LogQuery.all()).equals("trouble\n"));
    }

    @Test
    void tailGivesTheLastLinesOnly() {
        ContainerSpec spec = printed("one", "two", "three");

        assertThat(logOf(spec, new LogQuery(false, false, 2, null, 0))).isEqualTo("two\nthree\n");
        assertThat(logOf(spec, new LogQuery(false, false, 0, null, 0))).isEmpty();
        assertThat(logOf(spec, new LogQuery(false, false, 100, null, 0))).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void sinceLeavesOutWhatCameBefore() {
        ContainerSpec spec = printed("one");
        Instant ended = find(spec.id()).orElseThrow().finishedAt();
        assertThat(ended).isNotNull();

        assertThat(logOf(spec, new LogQuery(false, false, null, ended.plusSeconds(60), 0)))
                .isEmpty();
        assertThat(logOf(spec, new LogQuery(false, false, null, ended.minusSeconds(60), 0)))
                .isEqualTo("one\n");
    }

    @Test
    void timestampsStandBeforeEachLine() {
        ContainerSpec spec = printed("one", "two");
        ContainerState state = find(spec.id()).orElseThrow();

        List<String> lines =
                logOf(spec, new LogQuery(false, true, null, null, 0)).lines().toList();

        assertThat(lines).hasSize(2);
        for (String line : lines) {
            Instant at = Instant.parse(line.substring(0, line.indexOf(' ')));
            assertThat(at)
                    .isBetween(
                            state.createdAt().minusSeconds(5), state.createdAt().plusSeconds(300));
        }
        assertThat(lines.get(1)).endsWith(" two");
    }

    @Test
    void limitBytesCutsTheLog() {
        ContainerSpec spec = printed("one", "two");

        assertThat(logOf(spec, new LogQuery(false, false, null, null, 5))).isEqualTo("one\nt");
    }

    @Test
    void followEndsWhenTheContainerDoes() throws Exception {
        ContainerSpec spec = run("followed", programs.printsAndRuns(List.of("hello")));
        try (LogStream stream = await(runtime.logs(spec.id(), new LogQuery(true, false, null, null, 0)))) {
            byte[] first = stream.read();
            assertThat(first).isNotNull();
            assertThat(text(first)).isEqualTo("hello\n");

            await(runtime.stopContainer(spec.id(), Duration.ofSeconds(10)));

            assertThat(stream.read()).as("the end of the log").isNull();
        }
    }

    @Test
    void aFollowerThatIsClosedReadsTheEnd() throws Exception {
        ContainerSpec spec = run("closed", programs.runsForever());
        LogStream stream = await(runtime.logs(spec.id(), new LogQuery(true, false, null, null, 0)));
        stream.close();
        stream.close();

        assertThat(stream.read()).isNull();
    }

    @Test
    void aLogWithoutFollowEndsWhileTheContainerRuns() {
        ContainerSpec spec = run("running", programs.printsAndRuns(List.of("hello")));

        eventually("the line is there", () -> logOf(spec, LogQuery.all()).equals("hello\n"));
        assertThat(find(spec.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.RUNNING);
    }

    @Test
    void logsOfAnUnknownContainerAreNotFound() {
        assertThat(failureOf(runtime.logs("no-such-container", LogQuery.all())).kind())
                .isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
    }

    @Test
    void execHandsOverBothStreamsAndTheCode() throws Exception {
        ContainerSpec spec = run("exec", programs.runsForever());

        try (ExecSession session =
                await(runtime.exec(spec.id(), new ExecSpec(programs.says("out", "err", 5), false, false)))) {
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("out\n");
            assertThat(text(session.stderr().readAllBytes())).isEqualTo("err\n");
            assertThat(await(session.exitCode())).isEqualTo(5);
        }
    }

    @Test
    void execReadsItsInputToTheEnd() throws Exception {
        ContainerSpec spec = run("stdin", programs.runsForever());

        try (ExecSession session = await(runtime.exec(spec.id(), new ExecSpec(programs.copiesStdin(), true, false)))) {
            session.stdin().write("some input".getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("some input");
            assertThat(await(session.exitCode())).isZero();
        }
    }

    @Test
    void execWithoutInputSeesItsEndAtOnce() throws Exception {
        ContainerSpec spec = run("nostdin", programs.runsForever());

        try (ExecSession session = await(runtime.exec(spec.id(), new ExecSpec(programs.copiesStdin(), false, false)))) {
            assertThat(session.stdout().readAllBytes()).isEmpty();
            assertThat(await(session.exitCode())).isZero();
        }
    }

    @Test
    void execInAnUnknownContainerIsNotFound() {
        assertThat(failureOf(runtime.exec("no-such-container", ExecSpec.of("anything")))
                        .kind())
                .isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
    }

    @Test
    void attachJoinsInputAndOutputOfTheContainerItself() throws Exception {
        ContainerSpec spec = runWithInput("attached");

        try (ExecSession session = await(runtime.attach(spec.id(), true))) {
            session.stdin().write("some input\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("some input\n");
            assertThat(session.stderr().readAllBytes()).isEmpty();
            assertThat(await(session.exitCode())).isZero();
        }
        assertThat(awaitExit(spec.id()).exitCode()).isZero();
        eventually(
                "what was said is in the log, too",
                () -> logOf(spec, LogQuery.all()).equals("some input\n"));
    }

    @Test
    void anAttachmentThatIsLeftWithoutInputLeavesTheContainerRunning() throws Exception {
        ContainerSpec spec = runWithInput("left");

        ExecSession session = await(runtime.attach(spec.id(), false));
        session.close();
        session.close();

        assertThat(session.stdout().read()).isEqualTo(-1);
        try (ExecSession next = await(runtime.attach(spec.id(), true))) {
            next.stdin().write("still here\n".getBytes(StandardCharsets.UTF_8));
            next.stdin().close();
            assertThat(text(next.stdout().readAllBytes())).isEqualTo("still here\n");
        }
    }

    @Test
    void anAttachmentEndsWithTheContainer() throws Exception {
        ContainerSpec spec = run("stopped", programs.runsForever());

        try (ExecSession session = await(runtime.attach(spec.id(), false))) {
            await(runtime.stopContainer(spec.id(), Duration.ofSeconds(10)));

            assertThat(session.stdout().readAllBytes()).isEmpty();
            assertThat(await(session.exitCode())).isZero();
        }
    }

    @Test
    void attachToWhatDoesNotRunIsRefused() {
        ContainerSpec spec = printed("one");

        assertThat(failureOf(runtime.attach(spec.id(), false)).kind()).isEqualTo(RuntimeFailure.Kind.INVALID);
        assertThat(failureOf(runtime.attach("no-such-container", false)).kind())
                .isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
    }

    /** A container that copies its input to its output until somebody has ended that input. */
    private ContainerSpec runWithInput(String podName) {
        PodIdentity pod = pod(podName);
        await(runtime.createSandbox(sandbox(pod, 0)));
        return start(withInput(container(pod, "main", programs.copiesStdin())));
    }

    /** A container that has printed these lines and ended, its log complete. */
    private ContainerSpec printed(String... lines) {
        ContainerSpec spec = run("printed", programs.prints(List.of(lines)));
        awaitExit(spec.id());
        eventually(
                "the log is complete", () -> logOf(spec, LogQuery.all()).lines().count() == lines.length);
        return spec;
    }
}
