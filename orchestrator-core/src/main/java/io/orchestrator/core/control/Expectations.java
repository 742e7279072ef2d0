package io.orchestrator.core.control;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.client.ResourceVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a controller knows about the objects of each key and its cache does not show yet: the memory by which a reconciler
 * survives a stale cache.
 *
 * <p>A reconciler that is about to write asks {@link #trust}. {@link Trust#CACHE} means that the cache shows everything that
 * it wrote. {@link Trust#NOTHING_YET} means that it must not write now: its own writes are still on their way.
 * {@link Trust#LIVE_READ_ONLY} means that it must read the server first and plan on that: because it never looked since it
 * started, so that its cache may be older than what its predecessor did, or because its writes did not appear for so long
 * that it is open what became of them. What the live read showed goes to {@link #looked}.
 *
 * <p>The clock only bounds the patience: when it jumps, the worst that happens is a live read too many.
 *
 * <p><b>Threads.</b> Safe for concurrent use; for one key the engine calls one at a time.
 */
public final class Expectations {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** On what a reconciler may base a write. */
    public enum Trust {
        CACHE,
        NOTHING_YET,
        LIVE_READ_ONLY
    }

    /** Something to be seen in the cache. {@code version} is the least that will do; {@code gone} comes after it was seen. */
    private record Awaited(
            ResourceType<?> type, ObjectKey key, String uid, String version, boolean present, boolean gone) {
        Awaited goneToo() {
            return new Awaited(type, key, uid, version, present, true);
        }

        Awaited seen() {
            return new Awaited(type, key, uid, version, false, gone);
        }
    }

    private static final class Memory {
        final String owner;
        final Map<String, Awaited> awaited = new LinkedHashMap<>();
        Instant since;

        Memory(String owner, Instant since) {
            this.owner = owner;
            this.since = since;
        }
    }

    private final Clock clock;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<ObjectKey, Memory> memories = new HashMap<>();

    public Expectations(Clock clock) {
        this.clock = clock;
    }

    /** @param ownerUid whoever bears the key now; the memory of an earlier bearer is dropped */
    public Trust trust(ObjectKey key, String ownerUid, View cache) {
        synchronized (lock) {
            Memory memory = memories.get(key);
            if (memory == null || !memory.owner.equals(ownerUid)) {
                return Trust.LIVE_READ_ONLY;
            }
            settle(memory, cache);
            if (memory.awaited.isEmpty()) {
                return Trust.CACHE;
            }
            return clock.instant().isBefore(memory.since.plus(PATIENCE)) ? Trust.NOTHING_YET : Trust.LIVE_READ_ONLY;
        }
    }

    /** How long to wait before asking again, after {@link Trust#NOTHING_YET}. */
    public Duration patience() {
        return PATIENCE;
    }

    /**
     * The server was read. From now on the cache is trusted as soon as it shows at least this.
     *
     * @param live the objects that the key stands for: the owner and its dependents
     * @param cached the same as the cache has them; what is not live any more must go from there
     */
    public void looked(
            ObjectKey key,
            String ownerUid,
            Collection<? extends Resource> live,
            Collection<? extends Resource> cached) {
        synchronized (lock) {
            Memory memory = new Memory(ownerUid, clock.instant());
            cached.forEach(object -> await(memory, object, false, true));
            live.forEach(object -> {
                memory.awaited.remove(object.metadata().uid());
                await(memory, object, true, object.metadata().deletionTimestamp() != null);
            });
            memories.put(key, memory);
        }
    }

    /** The object was created or updated for the key; this is the server's answer. */
    public void wrote(ObjectKey key, Resource answer) {
        synchronized (lock) {
            Memory memory = memories.get(key);
            if (memory != null) {
                memory.since = clock.instant();
                await(memory, answer, true, false);
            }
        }
    }

    /** The object was deleted for the key. */
    public void deleted(ObjectKey key, Resource object) {
        synchronized (lock) {
            Memory memory = memories.get(key);
            if (memory != null) {
                memory.since = clock.instant();
                Awaited before = memory.awaited.get(object.metadata().uid());
                if (before == null) {
                    await(memory, object, false, true);
                } else {
                    memory.awaited.put(before.uid(), before.goneToo());
                }
            }
        }
    }

    /** Whether the object was deleted for the key, although the cache may still show it as if nothing had happened. */
    public boolean isGoing(ObjectKey key, Resource object) {
        synchronized (lock) {
            Memory memory = memories.get(key);
            Awaited awaited =
                    memory == null ? null : memory.awaited.get(object.metadata().uid());
            return awaited != null && awaited.gone();
        }
    }

    /** The uids of all those objects that were deleted for the key, although the cache may still show them: mostly none. */
    public Set<String> going(ObjectKey key) {
        synchronized (lock) {
            Memory memory = memories.get(key);
            if (memory == null || memory.awaited.isEmpty()) {
                return Set.of();
            }
            return memory.awaited.values().stream()
                    .filter(Awaited::gone)
                    .map(Awaited::uid)
                    .collect(Collectors.toSet());
        }
    }

    /** How many objects of the kind are known to be there, although they are not among these. */
    public int unseen(ObjectKey key, ResourceType<?> type, Collection<? extends Resource> seen) {
        Set<String> missing = new HashSet<>();
        synchronized (lock) {
            Memory memory = memories.get(key);
            if (memory != null) {
                memory.awaited.values().stream()
                        .filter(awaited -> awaited.present() && !awaited.gone())
                        .filter(awaited -> awaited.type().equals(type))
                        .forEach(awaited -> missing.add(awaited.uid()));
            }
        }
        if (!missing.isEmpty()) {
            seen.forEach(object -> missing.remove(object.metadata().uid()));
        }
        return missing.size();
    }

    /** A write's outcome is unknown, or the world is not as thought: the next write wants a live read. */
    public void doubt(ObjectKey key) {
        forget(key);
    }

    /** Nothing bears the key any more. */
    public void forget(ObjectKey key) {
        synchronized (lock) {
            memories.remove(key);
        }
    }

    private static void await(Memory memory, Resource object, boolean present, boolean gone) {
        ResourceType<?> type = ResourceType.of(object.getClass());
        String uid = object.metadata().uid();
        String version = object.metadata().resourceVersion();
        memory.awaited.put(uid, new Awaited(type, ObjectKey.of(object), uid, version, present, gone));
    }

    private static void settle(Memory memory, View cache) {
        for (Iterator<Map.Entry<String, Awaited>> i = memory.awaited.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<String, Awaited> entry = i.next();
            Awaited awaited = entry.getValue();
            Resource found = cache.get(awaited.type(), awaited.key()).orElse(null);
            if (awaited.present() && found != null && reached(found, awaited)) {
                awaited = awaited.seen();
                entry.setValue(awaited);
            }
            boolean away = found == null
                    || !found.metadata().uid().equals(awaited.uid())
                    || found.metadata().deletionTimestamp() != null;
            if (!awaited.present() && (!awaited.gone() || away)) {
                i.remove();
            }
        }
    }

    /** Versions count up over the whole store, so a later version under the name shows that ours has come, and maybe gone. */
    private static boolean reached(Resource found, Awaited awaited) {
        String version = found.metadata().resourceVersion();
        return version.equals(awaited.version()) || ResourceVersions.compare(version, awaited.version()) > 0;
    }
}
