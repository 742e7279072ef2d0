package io.orchestrator.core.placement;

import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationOperator;
import java.util.List;

/** When a toleration covers a taint. */
public final class Tolerations {

    private Tolerations() {}

    public static boolean tolerate(List<Toleration> tolerations, Taint taint) {
        for (Toleration toleration : tolerations) {
            if (tolerates(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    /** An empty key covers every key, an empty effect every effect, and Exists every value; Equal is the default. */
    public static boolean tolerates(Toleration toleration, Taint taint) {
        if (!toleration.effect().isEmpty() && !toleration.effect().equals(taint.effect())) {
            return false;
        }
        if (!toleration.key().isEmpty() && !toleration.key().equals(taint.key())) {
            return false;
        }
        return switch (toleration.operator()) {
            case TolerationOperator.EXISTS -> true;
            case "", TolerationOperator.EQUAL -> toleration.value().equals(taint.value());
            default -> false;
        };
    }
}
