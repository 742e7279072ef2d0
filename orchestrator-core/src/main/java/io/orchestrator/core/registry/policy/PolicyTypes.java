package io.orchestrator.core.registry.policy;

import io.orchestrator.core.cel.ExpressionChecker;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.cel.ValueType;
import io.orchestrator.core.shape.RequestShapes;
import java.util.HashMap;
import java.util.Map;

/**
 * What the expressions of one policy or webhook may know of types when they are written: those of requests and of the policy's
 * variables. Objects may be anything, as a policy may be meant for many kinds. Confined.
 */
final class PolicyTypes {
    private static final ValueShape ANYTHING = ValueShape.simple(ValueType.ANY, 0, 0);
    private static final String VARIABLES = "variables";

    private ExpressionChecker rules;
    private ExpressionChecker messages;

    /**
     * @param parameters whether there are any: without them expressions cannot name them
     * @param composed whether there will be variables: the same
     */
    PolicyTypes(boolean parameters, boolean composed) {
        this.rules = checker(true, parameters, composed);
        this.messages = checker(false, parameters, composed);
    }

    private static ExpressionChecker checker(boolean access, boolean parameters, boolean composed) {
        Map<String, ValueShape> shapes = ofRequest(access);
        if (parameters) {
            shapes.put("params", ANYTHING);
        }
        ExpressionChecker checker = ExpressionChecker.over(shapes);
        return composed ? checker.composing(VARIABLES) : checker;
    }

    /** Of conditions, which see the request and no variables. @param parameters whether there are any */
    static ExpressionChecker conditions(boolean parameters) {
        return checker(true, parameters, false);
    }

    /** Of rules and of what is noted, with the variables that were declared until now. */
    ExpressionChecker rules() {
        return rules;
    }

    /** Of messages. */
    ExpressionChecker messages() {
        return messages;
    }

    void declare(String variable, String expression) {
        ExpressionChecker before = rules;
        rules = rules.declaring(variable, expression, before);
        messages = messages.declaring(variable, expression, before);
    }

    private static Map<String, ValueShape> ofRequest(boolean access) {
        Map<String, ValueShape> shapes = new HashMap<>();
        shapes.put("object", ANYTHING);
        shapes.put("oldObject", ANYTHING);
        shapes.put("request", RequestShapes.request());
        shapes.put("namespaceObject", RequestShapes.namespace());
        if (access) {
            shapes.put(RequestValues.AUTHORIZER, ValueShape.simple(ValueType.ACCESS, 0, 0));
            shapes.put(RequestValues.REQUEST_RESOURCE, ValueShape.simple(ValueType.RESOURCE_CHECK, 0, 0));
        }
        return shapes;
    }

    /**
     * Looks at an expression that must give this type, and no other: what may be anything is not enough.
     *
     * @throws ExpressionException when it does not fit
     */
    static void require(String type, String expression, ExpressionChecker checker) {
        String found = checker.check(expression).type();
        if (!found.equals(type)) {
            throw new ExpressionException("must evaluate to " + type + " but got " + found);
        }
    }
}
