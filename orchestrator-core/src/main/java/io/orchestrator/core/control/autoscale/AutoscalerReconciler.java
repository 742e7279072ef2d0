package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.scale.ScaleTargets;
import io.orchestrator.spi.metrics.CustomMetrics;
import java.util.function.LongSupplier;

/**
 * Sizes the target of one autoscaler, again and again.
 *
 * <p>The scale is read from the server each time and written only as it was read, so neither a stale cache nor a second writer
 * makes it resize twice.
 */
public final class AutoscalerReconciler implements Reconciler {
    private static final int WORKERS = 5;

    private final SizingParts parts;

    private AutoscalerReconciler(SizingParts parts) {
        this.parts = parts;
    }

    /**
     * The controller, ready for the engine.
     *
     * @param resources what pods use
     * @param custom what the host measures
     * @param nanoTime monotonic time, for what happened when
     */
    public static ControllerSpec controller(
            ScaleTargets targets,
            ResourceMetrics resources,
            CustomMetrics custom,
            AutoscalerSettings settings,
            LongSupplier nanoTime) {
        SizingParts parts = new SizingParts(
                targets, resources, custom, settings, nanoTime, new ScalingHistory(), new TargetSelectors());
        return ControllerSpec.named("horizontal-pod-autoscaler")
                .reconciles(HorizontalPodAutoscaler.TYPE, AutoscalerReconciler::asksAnew)
                .reads(Pod.TYPE)
                .workers(WORKERS)
                .with(new AutoscalerReconciler(parts));
    }

    /** What the controller itself writes down wakes it not. */
    private static boolean asksAnew(HorizontalPodAutoscaler before, HorizontalPodAutoscaler after) {
        return !before.spec().equals(after.spec());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        HorizontalPodAutoscaler scaler =
                context.view().get(HorizontalPodAutoscaler.TYPE, key).orElse(null);
        if (scaler == null) {
            parts.history().forget(key);
            parts.selectors().forget(key);
            return Outcome.done();
        }
        try {
            new Sizing(parts, key, scaler, context).run();
        } catch (ApiException e) {
            // No sooner, which would only tell the same again, and never later: a load does not wait for a back-off
            // that has grown.
            return Outcome.retryAfter(parts.settings().period(), "it was refused: " + e.getMessage());
        }
        return Outcome.retryAfter(parts.settings().period(), "the metrics are looked at again");
    }
}
