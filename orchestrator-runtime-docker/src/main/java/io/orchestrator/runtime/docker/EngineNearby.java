package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an engine is on this machine, and one whose containers root can give a network. Thread-safe. */
final class EngineNearby {
    /** With these an engine's containers are not simply this machine's, or may not read what is bound into them. */
    private static final List<String> HINDRANCES = List.of("name=rootless", "name=userns", "name=selinux");

    /** Others, such as those that put a machine of its own around a container, may not see an interface that comes after its start. */
    private static final Set<String> PLAIN_RUNTIMES = Set.of("runc", "crun");

    private final DockerClient docker;
    private final URI host;
    private @Nullable Boolean known;

    EngineNearby(DockerClient docker, URI host) {
        this.docker = docker;
        this.host = host;
    }

    /** Asks the engine once. */
    synchronized boolean letsUsConnectPods() {
        Boolean answer = known;
        if (answer == null) {
            answer = "unix".equals(host.getScheme()) && isRoot() && isPlain();
            known = answer;
        }
        return answer;
    }

    private boolean isPlain() {
        Info info = docker.infoCmd().exec();
        List<String> options = info.getSecurityOptions();
        return PLAIN_RUNTIMES.contains(String.valueOf(info.getRawValues().get("DefaultRuntime")))
                && (options == null
                        || options.stream()
                                .noneMatch(option -> HINDRANCES.stream().anyMatch(option::startsWith)));
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
