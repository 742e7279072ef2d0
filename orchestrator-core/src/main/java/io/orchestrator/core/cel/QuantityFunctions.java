package io.orchestrator.core.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import io.orchestrator.api.meta.Quantity;
import java.math.BigDecimal;

/** Functions on amounts of resources. Kubernetes has {@code sign} as a function of its own, not as one of quantities. Stateless. */
final class QuantityFunctions {
    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

    private QuantityFunctions() {}

    static void addTo(FunctionSet functions) {
        functions
                .global("quantity", "string_to_quantity", QUANTITY, SimpleType.STRING, String.class, Quantity::parse)
                .global(
                        "isQuantity",
                        "is_quantity_string",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        QuantityFunctions::isQuantity)
                .global("sign", "quantity_sign", SimpleType.INT, QUANTITY, Quantity.class, each -> (long) each.signum())
                .member(
                        "isInteger",
                        "quantity_is_integer",
                        SimpleType.BOOL,
                        QUANTITY,
                        Quantity.class,
                        QuantityFunctions::isWhole)
                .member(
                        "asInteger",
                        "quantity_get_int",
                        SimpleType.INT,
                        QUANTITY,
                        Quantity.class,
                        QuantityFunctions::whole)
                .member(
                        "asApproximateFloat",
                        "quantity_get_float",
                        SimpleType.DOUBLE,
                        QUANTITY,
                        Quantity.class,
                        Quantity::doubleValue);
        addComparisons(functions);
        addSums(functions);
    }

    private static void addComparisons(FunctionSet functions) {
        functions
                .member(
                        "isGreaterThan",
                        "quantity_is_greater_than",
                        SimpleType.BOOL,
                        QUANTITY,
                        Quantity.class,
                        QUANTITY,
                        Quantity.class,
                        (one, other) -> one.compareTo(other) > 0)
                .member(
                        "isLessThan",
                        "quantity_is_less_than",
                        SimpleType.BOOL,
                        QUANTITY,
                        Quantity.class,
                        QUANTITY,
                        Quantity.class,
                        (one, other) -> one.compareTo(other) < 0)
                .member(
                        "compareTo",
                        "quantity_compare_to",
                        SimpleType.INT,
                        QUANTITY,
                        Quantity.class,
                        QUANTITY,
                        Quantity.class,
                        (one, other) -> (long) Integer.signum(one.compareTo(other)));
    }

    private static void addSums(FunctionSet functions) {
        functions
                .member(
                        "add",
                        "quantity_add",
                        QUANTITY,
                        QUANTITY,
                        Quantity.class,
                        QUANTITY,
                        Quantity.class,
                        Quantity::plus)
                .member(
                        "add",
                        "quantity_add_int",
                        QUANTITY,
                        QUANTITY,
                        Quantity.class,
                        SimpleType.INT,
                        Long.class,
                        (one, more) -> one.plus(Quantity.of(more)))
                .member(
                        "sub",
                        "quantity_sub",
                        QUANTITY,
                        QUANTITY,
                        Quantity.class,
                        QUANTITY,
                        Quantity.class,
                        Quantity::minus)
                .member(
                        "sub",
                        "quantity_sub_int",
                        QUANTITY,
                        QUANTITY,
                        Quantity.class,
                        SimpleType.INT,
                        Long.class,
                        (one, less) -> one.minus(Quantity.of(less)));
    }

    private static boolean isQuantity(String text) {
        try {
            Quantity.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWhole(Quantity quantity) {
        return quantity.toBigDecimal().compareTo(BigDecimal.valueOf(quantity.value())) == 0;
    }

    private static long whole(Quantity quantity) {
        if (!isWhole(quantity)) {
            throw new IllegalArgumentException("cannot convert value to integer");
        }
        return quantity.value();
    }
}
