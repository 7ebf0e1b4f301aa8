/// What the name of a file or folder says about it.
enum FileName {
    /// The name of the file that makes a folder a project.
    static let project = "muster.yaml"

    static func isManifest(_ name: String) -> Bool {
        name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    static func isHidden(_ name: String) -> Bool { name.hasPrefix(".") }

    /// What editors leave beside a manifest: `a.yaml~`, `.#a.yaml`, `#a.yaml#`, `.a.yaml.swp`.
    static func isLeftover(_ name: String) -> Bool {
        name.hasSuffix("~") || name.hasPrefix(".#")
            || (name.hasPrefix("#") && name.hasSuffix("#") && name.count > 1)
            || name.hasSuffix(".swp")
    }
}
