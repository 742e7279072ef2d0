package io.orchestrator.samples.cluster;

import io.orchestrator.core.runtime.ProcessRuntime;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Which program stands for an image of the demo where containers are processes: this very jar, as a small web server. */
final class DemoPrograms {
    /** With and without a tag; the web server of the demo's manifests and those that tutorials use most. */
    private static final String[] IMAGES = {"nginxinc/nginx-unprivileged", "nginx"};

    private DemoPrograms() {}

    static ProcessRuntime.Builder addTo(ProcessRuntime.Builder builder) {
        String java = ProcessHandle.current().info().command().orElse("java");
        String classPath = absolute(System.getProperty("java.class.path"));
        for (String image : IMAGES) {
            builder.image(
                    image,
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx32m",
                    "-cp",
                    classPath,
                    DemoServer.class.getName(),
                    image);
        }
        return builder;
    }

    /** Containers have directories of their own, in which relative paths lead nowhere. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
