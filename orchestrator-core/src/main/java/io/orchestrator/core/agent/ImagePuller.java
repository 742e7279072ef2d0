package io.orchestrator.core.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.LocalObjectReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PullPolicy;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.core.agent.LaunchFailure.Kind;
import io.orchestrator.spi.runtime.Images.Credentials;
import io.orchestrator.spi.runtime.Images.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sees to a container's image by its pull policy. Fails with {@link LaunchFailure}. */
final class ImagePuller {
    private static final Pattern REFERENCE = Pattern.compile(
            "[a-zA-Z0-9][a-zA-Z0-9._-]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\\w][\\w.-]{0,127})?(@[A-Za-z0-9:+.-]+)?");

    private final NodeContext node;
    private final ObjectMapper json = new ObjectMapper();

    ImagePuller(NodeContext node) {
        this.node = node;
    }

    CompletionStage<Image> ensure(Pod pod, Container container) {
        String reference = container.image();
        if (!REFERENCE.matcher(reference).matches()) {
            return failed(
                    Kind.IMAGE_NAME,
                    "Failed to apply default image tag \"" + reference + "\": couldn't parse image name \"" + reference
                            + "\": invalid reference format");
        }
        if (container.imagePullPolicy().equals(PullPolicy.ALWAYS)) {
            return pull(pod, reference);
        }
        return node.deadlines()
                .within(
                        node.config().timing().callDeadline(),
                        "the look for image " + reference,
                        () -> node.runtime().images().find(reference))
                .thenCompose(found -> {
                    if (found.isPresent()) {
                        node.events()
                                .normal(
                                        pod,
                                        "Pulled",
                                        "Container image \"" + reference + "\" already present on machine");
                        return CompletableFuture.completedFuture(found.get());
                    }
                    if (container.imagePullPolicy().equals(PullPolicy.NEVER)) {
                        return failed(
                                Kind.IMAGE_NEVER,
                                "Container image \"" + reference + "\" is not present with pull policy of Never");
                    }
                    return pull(pod, reference);
                });
    }

    private CompletionStage<Image> pull(Pod pod, String reference) {
        node.events().normal(pod, "Pulling", "Pulling image \"" + reference + "\"");
        long began = node.environment().nanoTime().getAsLong();
        return CompletableFuture.supplyAsync(
                        () -> credentials(pod, reference), node.environment().executor())
                .thenCompose(login -> node.deadlines()
                        .within(
                                node.config().timing().pullDeadline(),
                                "the pull of image " + reference,
                                () -> node.runtime()
                                        .images()
                                        .pull(reference, login.orElse(null), new PullNews(node, pod, reference))))
                .handle((image, failure) -> {
                    if (failure != null) {
                        String message = "Failed to pull image \"" + reference + "\": " + Deadlines.message(failure);
                        return ImagePuller.<Image>failed(Kind.IMAGE_PULL, message);
                    }
                    node.pulled().add(image.id());
                    Duration took =
                            Duration.ofNanos(node.environment().nanoTime().getAsLong() - began);
                    node.events()
                            .normal(
                                    pod,
                                    "Pulled",
                                    "Successfully pulled image \"" + reference + "\" in " + took.toMillis()
                                            + "ms. Image size: " + image.sizeBytes() + " bytes.");
                    return CompletableFuture.completedFuture(image);
                })
                .thenCompose(stage -> stage);
    }

    /** The login that the pod's pull secrets have for the image's registry. Blocks. */
    private Optional<Credentials> credentials(Pod pod, String reference) {
        String server = serverOf(reference);
        for (LocalObjectReference name : pod.spec().imagePullSecrets()) {
            Optional<Credentials> login =
                    node.references().secret(pod, name.name(), true).flatMap(secret -> credentials(secret, server));
            if (login.isPresent()) {
                return login;
            }
        }
        return Optional.empty();
    }

    private Optional<Credentials> credentials(Secret secret, String server) {
        try {
            JsonNode auths = logins(secret);
            for (var fields = auths.fields(); fields.hasNext(); ) {
                var entry = fields.next();
                if (serverOf(entry.getKey() + "/x").equals(server)) {
                    return Optional.of(credentials(entry.getValue(), server));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchFailure(
                    Kind.IMAGE_PULL, "pull secret \"" + secret.metadata().name() + "\" is not a docker configuration");
        }
        return Optional.empty();
    }

    /** By registry: of Docker's present configuration, or of its older form, which holds nothing else. */
    private JsonNode logins(Secret secret) throws IOException {
        var config = secret.data().get(".dockerconfigjson");
        if (config != null) {
            return json.readTree(config.toByteArray()).path("auths");
        }
        var older = secret.data().get(".dockercfg");
        return older == null ? MissingNode.getInstance() : json.readTree(older.toByteArray());
    }

    private static Credentials credentials(JsonNode auth, String server) {
        if (auth.hasNonNull("username")) {
            return new Credentials(
                    auth.path("username").asText(), auth.path("password").asText(), server);
        }
        String pair = new String(Base64.getDecoder().decode(auth.path("auth").asText()), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return new Credentials(pair.substring(0, Math.max(0, colon)), pair.substring(colon + 1), server);
    }

    private static String serverOf(String reference) {
        String plain = reference.replaceFirst("^https?://", "");
        int slash = plain.indexOf('/');
        String first = slash < 0 ? "" : plain.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host && !first.equals("index.docker.io") ? first : "docker.io";
    }

    private static <T> CompletableFuture<T> failed(Kind kind, @Nullable String message) {
        return CompletableFuture.failedFuture(new LaunchFailure(kind, String.valueOf(message)));
    }
}
