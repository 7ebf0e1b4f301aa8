import Presentation
import Testing

@Test("look") func look() {
    print(Sample.team.text(style: .plain, verbose: false, id: "sha256:00"))
    print(Sample.team.markdown(id: "sha256:00"))
    print(Sample.team.json)
    print(Sample.team.annotations)
    print(Sample.team.sarif)
}
