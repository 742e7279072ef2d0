package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.validation.Violations;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Part of an object that is written by itself.
 *
 * @param <T> the kind of the object
 * @param <B> the kind of the body
 */
public sealed interface Subresource<T extends Resource, B extends Resource> {

    String name();

    ResourceType<B> body();

    /** As in discovery: {@code get}, {@code update}, {@code patch}, {@code create}. */
    Set<String> verbs();

    /**
     * A view of some fields, which can be read, replaced and patched, such as {@code scale}.
     *
     * @param read the view of an object
     * @param write the object with the fields of the view; reports what is wrong with them
     * @param replicas where in the object that stands which the view shows as {@code spec.replicas}; empty for another view
     */
    record View<T extends Resource, B extends Resource>(
            String name,
            ResourceType<B> body,
            Set<String> verbs,
            Function<T, B> read,
            Writer<T, B> write,
            List<String> replicas)
            implements Subresource<T, B> {
        public View {
            verbs = Set.copyOf(verbs);
            replicas = List.copyOf(replicas);
        }

        public View(String name, ResourceType<B> body, Set<String> verbs, Function<T, B> read, Writer<T, B> write) {
            this(name, body, verbs, read, write, List.of());
        }

        /** Puts a view's fields into its object. */
        @FunctionalInterface
        public interface Writer<T, B> {
            T write(T object, B view, Violations violations);
        }
    }

    /**
     * Something that is done to an object by posting a body, such as {@code binding}.
     *
     * @param change the object after it; throws where it cannot be done
     */
    record Action<T extends Resource, B extends Resource>(String name, ResourceType<B> body, BiFunction<T, B, T> change)
            implements Subresource<T, B> {
        @Override
        public Set<String> verbs() {
            return Set.of("create");
        }
    }

    /**
     * Deletes the object, as far as the cluster's rules allow: {@code eviction}.
     *
     * @param options how it is to be deleted, as the body has it
     * @param guard what must be asked before
     */
    record Removal<T extends Resource, B extends Resource>(
            String name,
            ResourceType<B> body,
            Function<B, io.orchestrator.api.client.DeleteOptions> options,
            Guard<T> guard)
            implements Subresource<T, B> {
        @Override
        public Set<String> verbs() {
            return Set.of("create");
        }

        /** Lets an object go, or refuses by throwing. Thread-safe. */
        @FunctionalInterface
        public interface Guard<T> {
            Grant<T> ask(T object, Ledger ledger);
        }

        /**
         * That an object may go.
         *
         * @param mark what it shall say of itself first
         * @param asSeen whether only in the version that was looked at
         */
        public record Grant<T>(UnaryOperator<T> mark, boolean asSeen) {}

        /** The other objects that a guard goes by. Nothing is written in a dry run. */
        public interface Ledger {
            <R extends Resource> List<R> list(ResourceType<R> type, String namespace);

            /**
             * Changes an object.
             *
             * @param change runs again when somebody else was faster; throws where it cannot be done
             */
            <R extends Resource> void change(
                    ResourceType<R> type, String namespace, String name, UnaryOperator<R> change);

            Instant now();
        }
    }

    /**
     * A question about an object, answered by the body that was posted, completed; the object stays as it is: {@code token}.
     *
     * @param answer throws where there is none
     */
    record Question<T extends Resource, B extends Resource>(String name, ResourceType<B> body, Answer<T, B> answer)
            implements Subresource<T, B> {
        @Override
        public Set<String> verbs() {
            return Set.of("create");
        }

        /** Answers. Thread-safe. */
        @FunctionalInterface
        public interface Answer<T, B> {
            B of(T object, B asked, Admission.Lookup lookup);
        }
    }
}
