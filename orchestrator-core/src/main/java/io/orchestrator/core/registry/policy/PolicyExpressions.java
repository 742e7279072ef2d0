package io.orchestrator.core.registry.policy;

import io.orchestrator.core.cel.ExpressionCompiler;
import io.orchestrator.core.cel.ValueType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compilers for what policies and webhooks say. Thread-safe; each is made when it is first needed. */
final class PolicyExpressions {
    private static final Map<String, ValueType> OF_REQUEST = Map.of(
            "object", ValueType.ANY,
            "oldObject", ValueType.ANY,
            "request", ValueType.OBJECT,
            "namespaceObject", ValueType.ANY);

    private final Object lock = new Object();
    private volatile @Nullable ExpressionCompiler conditions;
    private volatile @Nullable ExpressionCompiler rules;

    /** For conditions on the request alone. */
    ExpressionCompiler conditions() {
        ExpressionCompiler known = conditions;
        if (known == null) {
            synchronized (lock) {
                known = ExpressionCompiler.over(OF_REQUEST);
                conditions = known;
            }
        }
        return known;
    }

    /** For rules, which know parameters and variables, too. */
    ExpressionCompiler rules() {
        ExpressionCompiler known = rules;
        if (known == null) {
            synchronized (lock) {
                Map<String, ValueType> all = new HashMap<>(OF_REQUEST);
                all.put("params", ValueType.ANY);
                all.put("variables", ValueType.OBJECT);
                known = ExpressionCompiler.over(all);
                rules = known;
            }
        }
        return known;
    }
}
