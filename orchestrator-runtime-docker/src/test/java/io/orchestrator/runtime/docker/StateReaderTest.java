package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.model.Container;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.RuntimeOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is read again, and what is known. */
class StateReaderTest {
    private int looks;
    private int exitCode;
    private String status = "created";
    private Runnable whileLooking = () -> {};

    private final StateReader reader = new StateReader(
            client(),
            new RuntimeOwner("cluster", "node"),
            new DockerSandboxes(null, new RuntimeOwner("cluster", "node"), null, null, null));

    @Test
    void aNodeAtRestLooksOnceAtEachContainer() {
        assertThat(phase()).isEqualTo(ContainerState.Phase.CREATED);
        reader.happened("create", "c1");
        assertThat(phase()).isEqualTo(ContainerState.Phase.CREATED);
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void aStartThatFailedWhileTheContainerWasLookedAtIsSeenByTheNextRead() {
        whileLooking = () -> {
            exitCode = 127;
            reader.forgetNamed("main");
        };
        assertThat(phase()).isEqualTo(ContainerState.Phase.CREATED);
        whileLooking = () -> {};
        assertThat(phase()).isEqualTo(ContainerState.Phase.EXITED);
    }

    @Test
    void whatHappenedWhileTheContainerWasLookedAtIsSeenByTheNextRead() {
        status = "running";
        whileLooking = () -> {
            reader.happened("die", "c1");
            reader.happened("start", "c1");
        };
        phase();
        whileLooking = () -> {};
        phase();
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void allIsLookedAtAnewWhenEventsMayHaveBeenMissed() {
        phase();
        reader.forgetAll();
        phase();
        assertThat(looks).isEqualTo(2);
    }

    private ContainerState.Phase phase() {
        return reader.read().containers().get(0).phase();
    }

    private DockerClient client() {
        ListContainersCmd list = fluent(ListContainersCmd.class, () -> List.of(container()));
        InspectContainerCmd inspect = fluent(InspectContainerCmd.class, this::inspected);
        return (DockerClient) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DockerClient.class},
                (self, method, values) -> method.getName().equals("listContainersCmd") ? list : inspect);
    }

    private <T> T fluent(Class<T> command, Supplier<Object> answer) {
        return command.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {command},
                (self, method, values) -> method.getName().equals("exec") ? answer.get() : self));
    }

    private Container container() {
        return read(Container.class, "{\"Id\":\"c1\",\"State\":\"" + status + "\",\"Labels\":{}}");
    }

    /** As it was before what happens meanwhile. */
    private InspectContainerResponse inspected() {
        looks++;
        InspectContainerResponse answer =
                read(InspectContainerResponse.class, """
                {"Id":"c1","Name":"/main","Created":"2026-01-01T00:00:00Z","Image":"sha256:1","Config":{"Labels":{}},"HostConfig":{},
                 "State":{"Status":"%s","Running":%s,"ExitCode":%d}}""".formatted(status, status.equals("running"), exitCode));
        whileLooking.run();
        return answer;
    }

    private static <T> T read(Class<T> type, String json) {
        try {
            return new ObjectMapper().readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
