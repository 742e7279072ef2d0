package io.orchestrator.core.registry.admission.limits;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.LimitRangeItem;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether amounts are within the bounds of a limit range, in the words that users of Kubernetes know. Pure. */
final class Bounds {
    private Bounds() {}

    static void check(LimitRangeItem item, PodAmounts amounts, List<String> faults) {
        item.min().forEach((name, bound) -> {
            Quantity request = amounts.requests().get(name);
            Quantity limit = amounts.limits().get(name);
            String rule = "minimum " + name + " usage per " + item.type() + " is " + bound;
            if (request == null) {
                faults.add(rule + ".  No request is specified");
            } else if (request.compareTo(bound) < 0) {
                faults.add(rule + ", but request is " + request);
            } else if (limit != null && limit.compareTo(bound) < 0) {
                faults.add(rule + ", but limit is " + limit);
            }
        });
        item.max().forEach((name, bound) -> {
            Quantity request = amounts.requests().get(name);
            Quantity limit = amounts.limits().get(name);
            String rule = "maximum " + name + " usage per " + item.type() + " is " + bound;
            if (limit == null) {
                faults.add(rule + ".  No limit is specified");
            } else if (limit.compareTo(bound) > 0) {
                faults.add(rule + ", but limit is " + limit);
            } else if (request != null && request.compareTo(bound) > 0) {
                faults.add(rule + ", but request is " + request);
            }
        });
        item.maxLimitRequestRatio()
                .forEach((name, bound) -> ratio(
                        item.type(),
                        name,
                        bound,
                        amounts.requests().get(name),
                        amounts.limits().get(name),
                        faults));
    }

    /** For what has requests alone. */
    static void checkRequests(LimitRangeItem item, Map<String, Quantity> requests, List<String> faults) {
        item.min().forEach((name, bound) -> {
            Quantity request = requests.get(name);
            String rule = "minimum " + name + " usage per " + item.type() + " is " + bound;
            if (request == null) {
                faults.add(rule + ".  No request is specified");
            } else if (request.compareTo(bound) < 0) {
                faults.add(rule + ", but request is " + request);
            }
        });
        item.max().forEach((name, bound) -> {
            Quantity request = requests.get(name);
            String rule = "maximum " + name + " usage per " + item.type() + " is " + bound;
            if (request == null) {
                faults.add(rule + ".  No request is specified");
            } else if (request.compareTo(bound) > 0) {
                faults.add(rule + ", but request is " + request);
            }
        });
    }

    private static void ratio(
            String type,
            String name,
            Quantity bound,
            @Nullable Quantity request,
            @Nullable Quantity limit,
            List<String> faults) {
        String rule = name + " max limit to request ratio per " + type + " is " + bound;
        if (request == null || request.isZero()) {
            faults.add(rule + ", but no request is specified or request is 0");
        } else if (limit == null || limit.isZero()) {
            faults.add(rule + ", but no limit is specified or limit is 0");
        } else {
            BigDecimal ratio = limit.toBigDecimal().divide(request.toBigDecimal(), MathContext.DECIMAL64);
            if (ratio.compareTo(bound.toBigDecimal()) > 0) {
                faults.add(rule + ", but provided ratio is " + String.format(Locale.ROOT, "%f", ratio));
            }
        }
    }
}
