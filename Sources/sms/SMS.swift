@main
enum SMS {
  static func main() {}
}
