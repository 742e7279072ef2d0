package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.Images;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Images where there are none: every reference is present, and means the program that the host's table gives it. Without
 * an entry a container must bring its own command.
 */
final class ProcessImages implements Images {
    private final Map<String, List<String>> programs;

    ProcessImages(Map<String, List<String>> programs) {
        this.programs = Map.copyOf(programs);
    }

    /** Program and arguments of this image, by its full reference or by its name without tag; empty where unknown. */
    List<String> program(String reference) {
        List<String> exact = programs.get(reference);
        if (exact != null) {
            return exact;
        }
        int colon = reference.lastIndexOf(':');
        boolean tagged = colon > reference.lastIndexOf('/');
        return programs.getOrDefault(tagged ? reference.substring(0, colon) : reference, List.of());
    }

    /** What the container runs. @throws RuntimeFailure when neither it nor the table says */
    List<String> commandOf(String image, List<String> command, List<String> args) {
        List<String> words = new java.util.ArrayList<>(command);
        if (command.isEmpty()) {
            List<String> program = program(image);
            if (program.isEmpty()) {
                throw new RuntimeFailure(
                        RuntimeFailure.Kind.CANNOT_START,
                        "the process runtime has no image \"" + image
                                + "\" to take a command from: set the container's command, or map the image to a"
                                + " program of this machine");
            }
            words.addAll(args.isEmpty() ? program : program.subList(0, 1));
        }
        words.addAll(args);
        return List.copyOf(words);
    }

    static String idOf(String reference) {
        return "process://" + reference;
    }

    @Override
    public CompletionStage<Optional<Image>> find(String reference) {
        return CompletableFuture.completedFuture(Optional.of(image(reference)));
    }

    @Override
    public CompletionStage<List<Image>> list() {
        return CompletableFuture.completedFuture(
                programs.keySet().stream().map(ProcessImages::image).toList());
    }

    @Override
    public CompletionStage<Image> pull(String reference, @Nullable Credentials credentials, Consumer<String> progress) {
        return CompletableFuture.completedFuture(image(reference));
    }

    @Override
    public CompletionStage<Void> remove(String imageId) {
        return CompletableFuture.completedFuture(null);
    }

    /** Every program runs as whoever this JVM runs as. */
    private static String user() {
        try {
            Path own = Path.of("/proc/self");
            Path path = Files.exists(own) ? own : Path.of(System.getProperty("user.home", "/"));
            return String.valueOf(Files.getAttribute(path, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name", "");
        }
    }

    private static Image image(String reference) {
        return new Image(idOf(reference), List.of(reference), 0, user());
    }
}
