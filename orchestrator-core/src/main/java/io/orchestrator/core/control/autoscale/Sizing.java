package io.orchestrator.core.control.autoscale;

import static io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerConditionType.ABLE_TO_SCALE;
import static io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerConditionType.SCALING_ACTIVE;
import static io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerConditionType.SCALING_LIMITED;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatus;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatusBuilder;
import io.orchestrator.api.model.autoscaling.MetricStatus;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.core.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** One look at the metrics of an autoscaler, and what follows from it. Confined to one call. */
final class Sizing {
    private final SizingParts parts;
    private final ObjectKey key;
    private final HorizontalPodAutoscaler scaler;
    private final HorizontalPodAutoscalerSpec spec;
    private final Context context;
    private final Instant now;
    private final Conditions conditions;
    private List<MetricStatus> seen = List.of();

    Sizing(SizingParts parts, ObjectKey key, HorizontalPodAutoscaler scaler, Context context) {
        this.parts = parts;
        this.key = key;
        this.scaler = scaler;
        this.spec = scaler.spec();
        this.context = context;
        this.now = context.clock().instant();
        this.conditions = new Conditions(scaler.status().conditions(), now);
    }

    void run() {
        CrossVersionObjectReference wanted = spec.scaleTargetRef();
        ResourceType<?> type =
                parts.targets().type(wanted.apiVersion(), wanted.kind()).orElse(null);
        if (type == null) {
            noScale("no matches for kind \"" + wanted.kind() + "\" with a scale in \"" + wanted.apiVersion() + "\"");
            return;
        }
        Optional<Scale> found;
        try {
            found = parts.targets().find(type, key.namespace(), wanted.name(), context.client());
        } catch (ApiException e) {
            noScale(e.getMessage());
            throw e;
        }
        if (found.isEmpty()) {
            String kind = type.plural() + (type.group().isEmpty() ? "" : "." + type.group());
            noScale(kind + " \"" + wanted.name() + "\" not found");
            return;
        }
        conditions.set(
                ABLE_TO_SCALE,
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        size(type, found.get());
    }

    private void noScale(String why) {
        warn("FailedGetScale", why);
        conditions.set(
                ABLE_TO_SCALE,
                false,
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + why);
        seen = scaler.status().currentMetrics();
        write(scaler.status().currentReplicas(), scaler.status().desiredReplicas(), false);
    }

    private void size(ResourceType<?> type, Scale scale) {
        int current = scale.spec().replicas();
        int least = Objects.requireNonNullElse(spec.minReplicas(), 1);
        parts.history().begin(key, scaler.metadata().uid(), current, nanos());
        if (current == 0 && least != 0) {
            conditions.set(
                    SCALING_ACTIVE,
                    false,
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            write(current, 0, false);
        } else if (current > spec.maxReplicas()) {
            resize(type, scale, spec.maxReplicas(), "Current number of replicas above Spec.MaxReplicas");
        } else if (current < least) {
            resize(type, scale, least, "Current number of replicas below Spec.MinReplicas");
        } else {
            follow(type, scale);
        }
    }

    private void follow(ResourceType<?> type, Scale scale) {
        int current = scale.spec().replicas();
        MetricReading best = measured(scale).orElse(null);
        if (best == null) {
            write(current, scaler.status().desiredReplicas(), false);
            return;
        }
        ScalingHistory history = parts.history();
        Step steady = Stabilisation.of(
                spec.behavior(), current, best.replicas(), history.recommendations(key), parts.settings(), nanos());
        history.recommended(key, best.replicas(), nanos());
        conditions.set(ABLE_TO_SCALE, true, steady.reason(), steady.message());
        Step allowed = ScalingRate.limit(spec, current, steady.replicas(), history.changes(key), nanos());
        conditions.set(SCALING_LIMITED, allowed.replicas() != steady.replicas(), allowed.reason(), allowed.message());
        String why = best.replicas() > current ? best.name() + " above target" : "All metrics below target";
        resize(type, scale, allowed.replicas(), why);
    }

    /** The metric that decides; empty when none may, which the conditions tell of then. */
    private Optional<MetricReading> measured(Scale scale) {
        String text = scale.status().selector();
        if (text.isEmpty()) {
            return unselected(
                    "SelectorRequired",
                    "InvalidSelector",
                    "selector is required",
                    "the HPA target's scale is missing a selector");
        }
        Selector selector;
        try {
            selector = Selector.parse(text);
        } catch (IllegalArgumentException e) {
            String why = "couldn't convert selector into a corresponding internal selector object: " + e.getMessage();
            return unselected("InvalidSelector", "InvalidSelector", why, why);
        }
        List<Pod> pods = context.view().list(Pod.TYPE, key.namespace()).stream()
                .filter(selector::matches)
                .toList();
        List<ObjectKey> rivals = parts.selectors().choosing(key, selector, pods);
        if (rivals.size() > 1) {
            String why = "pods by selector " + text + " are controlled by multiple HPAs: "
                    + rivals.stream().map(ObjectKey::toString).collect(Collectors.joining(" ", "[", "]"));
            return unselected("AmbiguousSelector", "AmbiguousSelector", why, why);
        }
        Target target = new Target(
                key.namespace(),
                selector,
                pods,
                scale.spec().replicas(),
                scale.status().replicas(),
                now);
        MetricReader reader = new MetricReader(
                parts.custom(),
                new ResourceSamples(parts.resources(), context.client(), target),
                target,
                parts.settings());
        return decided(Evaluation.of(spec.metrics(), target.wanted(), reader::read));
    }

    private Optional<MetricReading> decided(Evaluation all) {
        seen = all.statuses();
        for (Evaluation.Failure failure : all.failures()) {
            warn(MetricReader.failureReason(failure.metric()), failure.why());
        }
        if (!all.failures().isEmpty()) {
            warn("FailedComputeMetricsReplicas", all.failure(spec.metrics().size()));
        }
        MetricReading best = all.best();
        if (best == null) {
            if (!all.failures().isEmpty()) {
                Evaluation.Failure first = all.failures().get(0);
                conditions.set(
                        SCALING_ACTIVE,
                        false,
                        MetricReader.failureReason(first.metric()),
                        "the HPA was unable to compute the replica count: " + first.why());
            }
            return Optional.empty();
        }
        conditions.set(
                SCALING_ACTIVE,
                true,
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + best.name());
        return Optional.of(best);
    }

    private Optional<MetricReading> unselected(String event, String reason, String why, String condition) {
        warn(event, why);
        warn("FailedComputeMetricsReplicas", why);
        conditions.set(SCALING_ACTIVE, false, reason, condition);
        return Optional.empty();
    }

    private void resize(ResourceType<?> type, Scale scale, int replicas, String why) {
        int current = scale.spec().replicas();
        if (replicas == current) {
            write(current, replicas, false);
            return;
        }
        String what = "New size: " + replicas + "; reason: " + why;
        try {
            parts.targets().update(type, scale, replicas, context.client());
        } catch (ApiException e) {
            warn("FailedRescale", what + "; error: " + e.getMessage());
            conditions.set(
                    ABLE_TO_SCALE,
                    false,
                    "FailedUpdateScale",
                    "the HPA controller was unable to update the target scale: " + e.getMessage());
            write(current, scaler.status().desiredReplicas(), false);
            throw e;
        }
        parts.history().changed(key, replicas - current, nanos());
        context.events().normal(scaler, "SuccessfulRescale", what);
        conditions.set(
                ABLE_TO_SCALE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + replicas);
        write(current, replicas, true);
    }

    private void write(int current, int desired, boolean scaled) {
        long generation = scaler.metadata().generation();
        HorizontalPodAutoscalerStatus next = HorizontalPodAutoscalerStatusBuilder.builder(scaler.status())
                .observedGeneration(generation == 0 ? null : (Long) generation)
                .currentReplicas(current)
                .desiredReplicas(desired)
                .lastScaleTime(scaled ? Time.of(now) : scaler.status().lastScaleTime())
                .currentMetrics(seen)
                .conditions(conditions.all())
                .build();
        if (!next.equals(scaler.status())) {
            context.client()
                    .resources(HorizontalPodAutoscaler.TYPE)
                    .inNamespace(key.namespace())
                    .updateStatus(scaler.withStatus(next));
        }
    }

    private long nanos() {
        return parts.nanoTime().getAsLong();
    }

    private void warn(String reason, String message) {
        context.events().warning(scaler, reason, message);
    }
}
