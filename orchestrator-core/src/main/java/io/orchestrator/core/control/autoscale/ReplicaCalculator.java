package io.orchestrator.core.control.autoscale;

import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How many replicas a metric asks for. Careful where something is not known: pods that were not measured are taken to use what
 * makes for the smaller change, and never turn its direction. Pure; values are in thousandths.
 *
 * @param tolerance a ratio that differs from 1 by no more asks for nothing
 */
record ReplicaCalculator(double tolerance) {
    private static final long FULL = 100;

    /** By what pods use of what they request. @param target in percent */
    Proposal byUtilization(int current, int target, PodGroups pods, Map<String, Long> requests) {
        requireSome(pods);
        ToDoubleFunction<Map<String, Long>> ratio = values -> (double) utilization(values, requests) / target;
        long assumed = Math.max(FULL, target);
        int replicas = byPods(current, pods, ratio, pod -> requests.getOrDefault(pod, 0L) * assumed / FULL);
        return new Proposal(replicas, average(pods.ready()), (int) utilization(pods.ready(), requests));
    }

    /** By a value of each pod. @param target what each should have */
    Proposal byAverage(int current, long target, PodGroups pods) {
        requireSome(pods);
        int replicas = byPods(current, pods, values -> (double) average(values) / target, pod -> target);
        return new Proposal(replicas, average(pods.ready()), 0);
    }

    /** By one value, whatever the number of pods. @param ready how many pods serve */
    Proposal byValue(int current, long target, long usage, int ready) {
        double ratio = (double) usage / target;
        if (current == 0) {
            return new Proposal(ceil(ratio), usage, 0);
        }
        return new Proposal(isClose(ratio) ? current : ceil(ratio * ready), usage, 0);
    }

    /** By one value that the pods share. @param present how many there are @param target of each */
    Proposal byShare(int present, long target, long usage) {
        boolean close = present > 0 && isClose((double) usage / ((double) target * present));
        long share = present == 0 ? usage : (long) Math.ceil((double) usage / present);
        return new Proposal(close ? present : ceil((double) usage / target), share, 0);
    }

    private int byPods(
            int current, PodGroups pods, ToDoubleFunction<Map<String, Long>> ratioOf, ToLongFunction<String> assumed) {
        double ratio = ratioOf.applyAsDouble(pods.ready());
        boolean growsBesideUnready = ratio > 1 && !pods.unready().isEmpty();
        if (!growsBesideUnready && pods.missing().isEmpty()) {
            return isClose(ratio) ? current : ceil(ratio * pods.ready().size());
        }
        Map<String, Long> all = new TreeMap<>(pods.ready());
        if (ratio < 1) {
            pods.missing().forEach(pod -> all.put(pod, assumed.applyAsLong(pod)));
        } else if (ratio > 1) {
            pods.missing().forEach(pod -> all.put(pod, 0L));
        }
        if (growsBesideUnready) {
            pods.unready().forEach(pod -> all.put(pod, 0L));
        }
        double careful = ratioOf.applyAsDouble(all);
        boolean turned = (ratio < 1 && careful > 1) || (ratio > 1 && careful < 1);
        if (isClose(careful) || turned) {
            return current;
        }
        int wanted = ceil(careful * all.size());
        boolean against = (careful < 1 && wanted > current) || (careful > 1 && wanted < current);
        return against ? current : wanted;
    }

    private static void requireSome(PodGroups pods) {
        if (pods.ready().isEmpty()) {
            throw new MetricsUnavailableException("did not receive metrics for targeted pods (pods might be unready)");
        }
    }

    /** In whole percent, as Kubernetes counts and shows it. */
    private static long utilization(Map<String, Long> values, Map<String, Long> requests) {
        long used = 0;
        long requested = 0;
        for (Map.Entry<String, Long> value : values.entrySet()) {
            used += value.getValue();
            requested += requests.getOrDefault(value.getKey(), 0L);
        }
        if (requested == 0) {
            throw new MetricsUnavailableException("no metrics returned matched known pods");
        }
        return used * FULL / requested;
    }

    private static long average(Map<String, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).sum() / values.size();
    }

    private boolean isClose(double ratio) {
        return Math.abs(1 - ratio) <= tolerance;
    }

    private static int ceil(double replicas) {
        return (int) Math.ceil(replicas);
    }
}
