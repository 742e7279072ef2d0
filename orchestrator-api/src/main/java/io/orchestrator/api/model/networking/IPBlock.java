package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A range of addresses with holes.")
@RecordBuilder
public record IPBlock(
        @Field(value = "The range.", tag = 1, required = true, alwaysWritten = true)
        String cidr,

        @Field(value = "Parts of the range that are left out.", tag = 2, listType = ListType.ATOMIC)
        List<String> except)
        implements IPBlockBuilder.With {
    public static final IPBlock EMPTY = IPBlockBuilder.builder().build();

    public IPBlock {
        cidr = Fields.text(cidr);
        except = Fields.list(except);
    }
}
