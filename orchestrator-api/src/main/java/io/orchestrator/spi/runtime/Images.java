package io.orchestrator.spi.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images on the node. Threading and failure as in {@link ContainerRuntime}. */
public interface Images {

    /** The image under this reference, where the node has it. */
    CompletionStage<Optional<Image>> find(String reference);

    CompletionStage<List<Image>> list();

    /**
     * Fetches an image. Two pulls of one reference at a time share one transfer.
     *
     * @param progress told in words how far it is; may be called from any thread
     */
    CompletionStage<Image> pull(String reference, @Nullable Credentials credentials, Consumer<String> progress);

    /** Removes what no container uses; succeeds where nothing is there. */
    CompletionStage<Void> remove(String imageId);

    /**
     * An image on the node.
     *
     * @param id what containers record as their image id, such as {@code docker://sha256:...}
     */
    record Image(String id, List<String> references, long sizeBytes, String user) {
        public Image {
            references = List.copyOf(references);
        }
    }

    /** A login to a registry. */
    record Credentials(String username, String password, String server) {
        @Override
        public String toString() {
            return "Credentials[" + username + "@" + server + "]";
        }
    }
}
