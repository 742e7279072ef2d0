package io.orchestrator.core.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeProjection;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the config maps and secrets that volumes of this node's pods are made from: each by its name, as a node may, and once
 * however many pods have it. What every pod is given unasked is not watched, nor is anything once there are many: such files are
 * as old as the last round of {@link VolumeRefresh}. Thread-safe.
 */
final class VolumeSources implements AutoCloseable {
    private static final int MOST = 128;
    /** The volume that admission adds to pods for their account's token. */
    private static final String UNASKED = "kube-api-access-";

    /** An object that a volume's files come from. */
    record Source(ResourceType<? extends Resource> type, String namespace, String name) {}

    private final Client client;
    private final Environment environment;
    private final Consumer<Source> listener;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Set<Source>> byPod = new HashMap<>();

    @GuardedBy("lock")
    private final Map<Source, Informer<?>> watched = new HashMap<>();

    @GuardedBy("lock")
    private boolean closed;

    /** @param listener told of each change of an object; must be quick */
    VolumeSources(Client client, Environment environment, Consumer<Source> listener) {
        this.client = client;
        this.environment = environment;
        this.listener = listener;
    }

    /** Watches what this pod has from now on, instead of what it had. */
    void follow(Pod pod) {
        Set<Source> wanted = of(pod);
        synchronized (lock) {
            Set<Source> before = wanted.isEmpty()
                    ? byPod.remove(pod.metadata().uid())
                    : byPod.put(pod.metadata().uid(), wanted);
            if (!wanted.equals(before)) {
                settle();
            }
        }
    }

    /** The pod has ended or gone. */
    void forget(Pod pod) {
        synchronized (lock) {
            if (byPod.remove(pod.metadata().uid()) != null) {
                settle();
            }
        }
    }

    /** Whether every change of what the pod's volumes are made from is told of by now, but for what every pod has unasked. */
    boolean tellsOf(Pod pod) {
        synchronized (lock) {
            for (Source source : of(pod)) {
                Informer<?> informer = watched.get(source);
                if (informer == null || !informer.hasSynced()) {
                    return false;
                }
            }
            return true;
        }
    }

    static boolean has(Pod pod, Source source) {
        return of(pod).contains(source);
    }

    private static Set<Source> of(Pod pod) {
        Set<Source> sources = new LinkedHashSet<>();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.configMap() != null) {
                add(sources, ConfigMap.TYPE, pod, volume.configMap().name());
            } else if (volume.secret() != null) {
                add(sources, Secret.TYPE, pod, volume.secret().secretName());
            } else if (volume.projected() != null && !volume.name().startsWith(UNASKED)) {
                for (VolumeProjection part : volume.projected().sources()) {
                    if (part.configMap() != null) {
                        add(sources, ConfigMap.TYPE, pod, part.configMap().name());
                    } else if (part.secret() != null) {
                        add(sources, Secret.TYPE, pod, part.secret().name());
                    }
                }
            }
        }
        return sources;
    }

    private static void add(Set<Source> sources, ResourceType<? extends Resource> type, Pod pod, String name) {
        sources.add(new Source(type, pod.metadata().namespace(), name));
    }

    @GuardedBy("lock")
    private void settle() {
        if (closed) {
            return;
        }
        Set<Source> wanted = new LinkedHashSet<>();
        byPod.values().forEach(wanted::addAll);
        watched.entrySet().removeIf(each -> {
            boolean over = !wanted.contains(each.getKey());
            if (over) {
                each.getValue().close();
            }
            return over;
        });
        for (Source source : wanted) {
            if (watched.size() < MOST && !watched.containsKey(source)) {
                watched.put(source, watch(source, source.type()));
            }
        }
    }

    private <T extends Resource> Informer<T> watch(Source source, ResourceType<T> type) {
        Informer<T> informer = new Informer<>(
                client.transport(),
                Target.collection(type, source.namespace()),
                ListOptions.all().fields("metadata.name=" + source.name()),
                environment);
        informer.addHandler(new Informer.Handler<>() {
            @Override
            public void changed(@Nullable T before, @Nullable T after) {
                listener.accept(source);
            }

            @Override
            public void found(@Nullable T before, @Nullable T after) {
                // what is there at the beginning is what the volume is made from
                if (before != null) {
                    listener.accept(source);
                }
            }
        });
        informer.start();
        return informer;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            watched.values().forEach(Informer::close);
            watched.clear();
            byPod.clear();
        }
    }
}
