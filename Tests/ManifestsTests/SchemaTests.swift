import Manifests
import Testing

@Suite("The JSON Schema")
struct SchemaTests {
    @Test("every kind has a definition that takes no other fields")
    func kinds() {
        let schema = jsonSchema()
        for kind in Kind.allCases {
            #expect(schema.contains("\"$ref\": \"#/$defs/\(kind.rawValue)\""))
            #expect(schema.contains("\n    \"\(kind.rawValue)\": {"))
        }
        #expect(schema.hasSuffix("}\n"))
        #expect(jsonSchema() == schema)
    }
}
