package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.AdmissionChain.Asked;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What admission is shown of a change of an object. Confined to the request. */
interface Gate<T extends Resource> {

    /** The object as it shall be written, from what is wanted. */
    T mutate(T wanted, T current);

    /** Refuses by throwing. */
    void check(T wanted, T current);

    /** The subresource through which the object is changed in its own kind; empty where it is none. */
    default String door() {
        return "";
    }

    /** Admission sees the object itself. */
    static <T extends Resource> Gate<T> ofObject(AdmissionChain chain, Asked<T> asked) {
        return new Gate<>() {
            @Override
            public T mutate(T wanted, T current) {
                return chain.mutate(asked, wanted, current);
            }

            @Override
            public void check(T wanted, T current) {
                chain.check(asked, wanted, current, null);
            }

            @Override
            public String door() {
                return asked.subresource();
            }
        };
    }

    /** What the server does to carry out a request that was admitted as another one. */
    static <T extends Resource> Gate<T> open() {
        return new Gate<>() {
            @Override
            public T mutate(T wanted, T current) {
                return wanted;
            }

            @Override
            public void check(T wanted, T current) {}
        };
    }

    /** Admission sees a body that says how the object is to be changed. */
    final class OfBody<T extends Resource, B extends Resource> implements Gate<T> {
        private final AdmissionChain chain;
        private final Asked<B> asked;
        private @Nullable B admitted;
        private @Nullable B before;

        OfBody(AdmissionChain chain, Asked<B> asked) {
            this.chain = chain;
            this.asked = asked;
        }

        /** The body to go by. @param current as it would read now; null where that says nothing */
        B admit(B body, @Nullable B current) {
            B result = chain.mutate(asked, body, current);
            admitted = result;
            before = current;
            return result;
        }

        @Override
        public T mutate(T wanted, T current) {
            return wanted;
        }

        @Override
        public void check(T wanted, T current) {
            check();
        }

        void check() {
            chain.check(asked, Objects.requireNonNull(admitted), before, null);
        }
    }
}
