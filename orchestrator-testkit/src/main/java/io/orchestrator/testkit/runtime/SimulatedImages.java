package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.Images;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.testkit.runtime.RuntimeCall.Verb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images of one simulated node. Guarded by the engine's lock. */
final class SimulatedImages implements Images {
    /** In so many steps a pull tells how far it is. */
    private static final int PARTS = 4;

    private static final long SIZE = 10_000_000;

    private final SimulatedRuntime engine;
    private final SimulatedNode node;
    private final Map<String, Image> present = new TreeMap<>();
    private final Map<String, CompletableFuture<Image>> pulls = new TreeMap<>();

    SimulatedImages(SimulatedRuntime engine, SimulatedNode node) {
        this.engine = engine;
        this.node = node;
    }

    /** Under the lock. */
    @Nullable
    Image present(String reference) {
        if (!present.containsKey(reference) && engine.preloaded(reference)) {
            present.put(reference, image(reference));
        }
        return present.get(reference);
    }

    @Override
    public CompletionStage<Optional<Image>> find(String reference) {
        return node.call(Verb.FIND_IMAGE, reference, () -> Optional.ofNullable(present(reference)));
    }

    @Override
    public CompletionStage<List<Image>> list() {
        return node.call(Verb.LIST_IMAGES, "", () -> List.copyOf(present.values()));
    }

    @Override
    public CompletionStage<Image> pull(String reference, @Nullable Credentials credentials, Consumer<String> progress) {
        return node.callLater(Verb.PULL_IMAGE, reference, () -> {
            CompletableFuture<Image> running = pulls.get(reference);
            if (running != null) {
                return running;
            }
            if (credentials != null) {
                engine.loggedIn(reference, credentials);
            }
            CompletableFuture<Image> pull = new CompletableFuture<>();
            pulls.put(reference, pull);
            ImageBehaviour behaviour = engine.imageBehaviour(reference);
            for (int part = 1; part < PARTS; part++) {
                String words = part + " of " + PARTS + " layers";
                engine.after(behaviour.pullTime().multipliedBy(part).dividedBy(PARTS), () -> progress.accept(words));
            }
            engine.after(behaviour.pullTime(), () -> finish(reference, behaviour, pull));
            return pull;
        });
    }

    private void finish(String reference, ImageBehaviour behaviour, CompletableFuture<Image> pull) {
        pulls.remove(reference);
        if (behaviour.failure().isEmpty()) {
            Image image = image(reference);
            present.put(reference, image);
            engine.complete(pull, image);
        } else {
            engine.fail(pull, new RuntimeFailure(RuntimeFailure.Kind.IMAGE, behaviour.failure()));
        }
    }

    @Override
    public CompletionStage<Void> remove(String imageId) {
        return node.call(Verb.REMOVE_IMAGE, imageId, () -> {
            present.values().removeIf(image -> image.id().equals(imageId));
            return null;
        });
    }

    private static Image image(String reference) {
        UUID hash = UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8));
        return new Image("simulated://" + hash, List.of(reference), SIZE, "");
    }
}
