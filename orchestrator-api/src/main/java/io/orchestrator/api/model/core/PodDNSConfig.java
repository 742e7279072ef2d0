package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Settings for looking up names.")
@RecordBuilder
public record PodDNSConfig(
        @Field(value = "Addresses of name servers.", tag = 1, listType = ListType.ATOMIC)
        List<String> nameservers,

        @Field(value = "Domains to search for short names.", tag = 2, listType = ListType.ATOMIC)
        List<String> searches,

        @Field(value = "Options of the resolver.", tag = 3, listType = ListType.ATOMIC)
        List<PodDNSConfigOption> options)
        implements PodDNSConfigBuilder.With {
    public static final PodDNSConfig EMPTY = PodDNSConfigBuilder.builder().build();

    public PodDNSConfig {
        nameservers = Fields.list(nameservers);
        searches = Fields.list(searches);
        options = Fields.list(options);
    }
}
