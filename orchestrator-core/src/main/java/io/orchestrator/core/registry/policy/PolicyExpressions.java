package io.orchestrator.core.registry.policy;

import io.orchestrator.core.cel.ExpressionCompiler;
import io.orchestrator.core.cel.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compilers for what policies and webhooks say. Thread-safe; each is made when it is first needed. */
final class PolicyExpressions {
    private static final Map<String, ValueType> OF_REQUEST = Map.of(
            "object", ValueType.ANY,
            "oldObject", ValueType.ANY,
            "request", ValueType.OBJECT,
            "namespaceObject", ValueType.ANY);
    private static final Map<String, ValueType> OF_ACCESS = Map.of(
            RequestValues.AUTHORIZER, ValueType.ACCESS,
            RequestValues.REQUEST_RESOURCE, ValueType.RESOURCE_CHECK);
    private static final Map<String, ValueType> OF_POLICY =
            Map.of("params", ValueType.ANY, "variables", ValueType.OBJECT);
    private static final Map<String, ValueType> OF_PARAMETERS = Map.of("params", ValueType.ANY);

    private final Lazy conditions = new Lazy(List.of(OF_REQUEST, OF_ACCESS));
    private final Lazy policyConditions = new Lazy(List.of(OF_REQUEST, OF_ACCESS, OF_PARAMETERS));
    private final Lazy rules = new Lazy(List.of(OF_REQUEST, OF_ACCESS, OF_POLICY));
    private final Lazy messages = new Lazy(List.of(OF_REQUEST, OF_POLICY));

    /** For the conditions of webhooks, on the request alone. */
    ExpressionCompiler conditions() {
        return conditions.get();
    }

    /** For the conditions of policies, which know parameters, too. */
    ExpressionCompiler policyConditions() {
        return policyConditions.get();
    }

    /** For rules, which know parameters and variables, too. */
    ExpressionCompiler rules() {
        return rules.get();
    }

    /** For what is said to whoever is refused: it must not tell who may do what. */
    ExpressionCompiler messages() {
        return messages.get();
    }

    private static final class Lazy {
        private final List<Map<String, ValueType>> variables;
        private volatile @Nullable ExpressionCompiler made;

        Lazy(List<Map<String, ValueType>> variables) {
            this.variables = variables;
        }

        ExpressionCompiler get() {
            ExpressionCompiler known = made;
            if (known == null) {
                synchronized (this) {
                    Map<String, ValueType> all = new HashMap<>();
                    variables.forEach(all::putAll);
                    known = ExpressionCompiler.over(all);
                    made = known;
                }
            }
            return known;
        }
    }
}
