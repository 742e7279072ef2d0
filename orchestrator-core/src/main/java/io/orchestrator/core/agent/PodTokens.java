package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.authentication.TokenRequestStatus;
import io.orchestrator.api.model.core.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of the pods' service accounts: each is kept until four fifths of its life or a day have passed, and then another is
 * asked for. One that is still good stays while no other is to be had. Thread-safe; blocks on the API.
 */
final class PodTokens {
    private static final Logger LOG = LoggerFactory.getLogger(PodTokens.class);
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final double RENEWED_AFTER = 0.8;

    private record Key(
            String podUid, String audience, @Nullable Long seconds) {}

    private record Held(String token, Instant renewAt, Instant expires) {}

    private final References references;
    private final Clock clock;
    private final Map<Key, Held> held = new ConcurrentHashMap<>();

    PodTokens(References references, Clock clock) {
        this.references = references;
        this.clock = clock;
    }

    /**
     * A token that is bound to the pod.
     *
     * @param audience empty for the API itself
     * @param seconds how long it is to be good; null leaves it to the cluster
     * @throws ConfigFailure when there is none
     */
    String token(Pod pod, String audience, @Nullable Long seconds) {
        Key key = new Key(pod.metadata().uid(), audience, seconds);
        Instant now = clock.instant();
        Held known = held.get(key);
        if (known != null && now.isBefore(known.renewAt())) {
            return known.token();
        }
        try {
            Held fresh = held(references.token(pod, audience, seconds), now);
            held.put(key, fresh);
            return fresh.token();
        } catch (ConfigFailure e) {
            if (known == null || !now.isBefore(known.expires())) {
                throw e;
            }
            LOG.warn(
                    "the token of pod {} could not be renewed yet",
                    pod.metadata().name(),
                    e);
            return known.token();
        }
    }

    private static Held held(TokenRequestStatus issued, Instant now) {
        Time end = issued.expirationTimestamp();
        if (end == null) {
            throw new ConfigFailure("failed to fetch token: the answer does not say when it expires");
        }
        Duration life = Duration.between(now, end.instant());
        Duration used = Duration.ofMillis((long) (life.toMillis() * RENEWED_AFTER));
        return new Held(issued.token(), now.plus(used.compareTo(OLDEST) < 0 ? used : OLDEST), end.instant());
    }

    /** The uids of pods of which a token is to be renewed by now. */
    Set<String> due() {
        Instant now = clock.instant();
        return held.entrySet().stream()
                .filter(each -> !now.isBefore(each.getValue().renewAt()))
                .map(each -> each.getKey().podUid())
                .collect(Collectors.toUnmodifiableSet());
    }

    void forget(String podUid) {
        held.keySet().removeIf(key -> key.podUid().equals(podUid));
    }
}
