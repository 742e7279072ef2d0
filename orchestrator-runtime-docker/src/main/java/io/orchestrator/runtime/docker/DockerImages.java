package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import io.orchestrator.spi.runtime.Images;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine's images, shared by all nodes on it. */
final class DockerImages implements Images {
    static final String ID_PREFIX = "docker://";
    private static final long MEGABYTE = 1_000_000;
    private static final Duration PULL_DEADLINE = Duration.ofMinutes(30);

    private final DockerClient docker;
    private final EngineCalls calls;
    private final InFlight<Image> pulls = new InFlight<>();

    DockerImages(DockerClient docker, EngineCalls calls) {
        this.docker = docker;
        this.calls = calls;
    }

    @Override
    public CompletionStage<Optional<Image>> find(String reference) {
        return calls.call("inspect image " + reference, () -> inspect(reference));
    }

    private Optional<Image> inspect(String reference) {
        try {
            String asked = reference.startsWith(ID_PREFIX) ? reference.substring(ID_PREFIX.length()) : reference;
            return Optional.of(image(docker.inspectImageCmd(asked).exec()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static Image image(InspectImageResponse inspected) {
        var config = inspected.getConfig();
        String user = config == null || config.getUser() == null ? "" : config.getUser();
        Long size = inspected.getSize();
        List<String> tags = inspected.getRepoTags();
        return new Image(ID_PREFIX + inspected.getId(), tags == null ? List.of() : tags, size == null ? 0 : size, user);
    }

    @Override
    public CompletionStage<List<Image>> list() {
        return calls.call(
                "list images",
                () -> docker.listImagesCmd().exec().stream()
                        .map(each -> new Image(
                                ID_PREFIX + each.getId(),
                                each.getRepoTags() == null ? List.of() : Arrays.asList(each.getRepoTags()),
                                each.getSize() == null ? 0 : each.getSize(),
                                ""))
                        .toList());
    }

    @Override
    public CompletionStage<Image> pull(String reference, @Nullable Credentials credentials, Consumer<String> progress) {
        // Two logins may see different images under one name: only pulls by the same user share a transfer.
        String key = reference + "\n" + (credentials == null ? "" : credentials.toString());
        return pulls.share(
                key,
                () -> EngineCalls.withDeadline(
                                "pull " + reference, PULL_DEADLINE, start(reference, credentials, progress))
                        .thenCompose(done -> calls.call("inspect image " + reference, () -> inspect(reference)))
                        .thenApply(found -> found.orElseThrow(() ->
                                new RuntimeFailure(Kind.IMAGE, "pull " + reference + " ended without the image"))));
    }

    private CompletableFuture<Void> start(
            String reference, @Nullable Credentials credentials, Consumer<String> progress) {
        PullImageCmd command = docker.pullImageCmd(withTag(reference));
        if (credentials != null) {
            command.withAuthConfig(new AuthConfig()
                    .withUsername(credentials.username())
                    .withPassword(credentials.password())
                    .withRegistryAddress(credentials.server()));
        }
        PullProgress listener = new PullProgress(reference, progress);
        command.exec(listener);
        return listener.finished;
    }

    /** Without a tag the engine would fetch all of them. */
    static String withTag(String reference) {
        int slash = reference.lastIndexOf('/');
        boolean named = reference.indexOf(':', slash + 1) >= 0 || reference.contains("@");
        return named ? reference : reference + ":latest";
    }

    @Override
    public CompletionStage<Void> remove(String imageId) {
        String id = imageId.startsWith(ID_PREFIX) ? imageId.substring(ID_PREFIX.length()) : imageId;
        return calls.run("remove image " + imageId, () -> {
            try {
                docker.removeImageCmd(id).exec();
            } catch (NotFoundException e) {
                // Gone already.
            } catch (ConflictException e) {
                throw new RuntimeFailure(Kind.INVALID, "the image " + imageId + " is in use", e);
            }
        });
    }

    /** The stream of a pull: tells each new phase once, and fails where any line carries an error. */
    private static final class PullProgress extends ResultCallback.Adapter<PullResponseItem> {
        private final CompletableFuture<Void> finished = new CompletableFuture<>();
        private final String reference;
        private final Consumer<String> progress;
        private final Map<String, Layer> layers = new HashMap<>();
        private String last = "";

        PullProgress(String reference, Consumer<String> progress) {
            this.reference = reference;
            this.progress = progress;
        }

        @Override
        public void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null) {
                finished.completeExceptionally(new RuntimeFailure(
                        Kind.IMAGE,
                        "pull " + reference + ": " + item.getErrorDetail().getMessage()));
                return;
            }
            String line = lineOf(item);
            if (line != null && !line.equals(last)) {
                last = line;
                progress.accept(line);
            }
        }

        /** While layers are transferred, how much of those that are known; else what the engine says. */
        private @Nullable String lineOf(PullResponseItem item) {
            var detail = item.getProgressDetail();
            if (item.getId() == null || !"Downloading".equals(item.getStatus()) || detail == null) {
                return item.getId() == null ? item.getStatus() : item.getId() + ": " + item.getStatus();
            }
            Long current = detail.getCurrent();
            Long total = detail.getTotal();
            if (current != null && total != null) {
                layers.put(item.getId(), new Layer(current, total));
            }
            long done = layers.values().stream().mapToLong(Layer::done).sum();
            long all = layers.values().stream().mapToLong(Layer::all).sum();
            return "downloaded " + done / MEGABYTE + " of " + all / MEGABYTE + " MB of " + layers.size() + " layers";
        }

        private record Layer(long done, long all) {}

        @Override
        public void onError(Throwable error) {
            super.onError(error);
            RuntimeFailure failure = EngineCalls.failure("pull " + reference, error);
            boolean noImage = failure.kind() != Kind.UNAVAILABLE
                    || error instanceof com.github.dockerjava.api.exception.DockerException;
            finished.completeExceptionally(
                    noImage ? new RuntimeFailure(Kind.IMAGE, String.valueOf(failure.getMessage()), error) : failure);
        }

        @Override
        public void onComplete() {
            super.onComplete();
            finished.complete(null);
        }
    }
}
